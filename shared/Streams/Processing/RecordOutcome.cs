namespace KafkaFunctions.Streams.Processing;

/// <summary>What became of an input record. The default is <see cref="RecordOutcomeKind.Unprocessed"/>.</summary>
public readonly record struct RecordOutcome
{
    private RecordOutcome(RecordOutcomeKind kind, int attempts, Exception? error = null, TimeSpan retryAfter = default)
    {
        Kind = kind;
        Attempts = attempts;
        Error = error;
        RetryAfter = retryAfter;
    }

    /// <summary>A copy of a record that was processed before.</summary>
    public static RecordOutcome Duplicate { get; } = new(RecordOutcomeKind.Duplicate, 0);

    /// <summary>What became of it.</summary>
    public RecordOutcomeKind Kind { get; }

    /// <summary>How often it was tried; 0 where it was not.</summary>
    public int Attempts { get; }

    /// <summary>The last error of a record that is poison or has to be tried again; null otherwise.</summary>
    public Exception? Error { get; }

    /// <summary>How long to wait before a record to be tried again is; zero otherwise.</summary>
    public TimeSpan RetryAfter { get; }

    /// <summary>Processed, with at least one output.</summary>
    public static RecordOutcome Processed(int attempts) => new(RecordOutcomeKind.Processed, attempts);

    /// <summary>Processed, without output.</summary>
    public static RecordOutcome Dropped(int attempts) => new(RecordOutcomeKind.Dropped, attempts);

    /// <summary>To be delivered again after a while.</summary>
    public static RecordOutcome Retry(TimeSpan after, Exception error, int attempts) => new(RecordOutcomeKind.Retry, attempts, error, after);

    /// <summary>Never to be processed.</summary>
    public static RecordOutcome Poison(Exception error, int attempts) => new(RecordOutcomeKind.Poison, attempts, error);
}
