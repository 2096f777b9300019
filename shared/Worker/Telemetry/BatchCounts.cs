namespace KafkaFunctions.Worker.Telemetry;

/// <summary>Records of one finished invocation.</summary>
internal readonly record struct BatchCounts(int In, int Out, int Dropped, int Duplicates, int DeadLettered)
{
    /// <summary>Bytes of the keys and values that were read.</summary>
    public long Bytes { get; init; }

    /// <summary>How old the first record was, by its timestamp, when all was done; null where that is not known.</summary>
    public TimeSpan? Age { get; init; }
}
