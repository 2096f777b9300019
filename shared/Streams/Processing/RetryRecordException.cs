namespace KafkaFunctions.Streams.Processing;

/// <summary>Thrown by a function's own code for trouble that passes, such as a service that does not answer: the batch stops at
/// the record, which is not poison and is delivered again later.</summary>
public sealed class RetryRecordException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="after">How long to wait before the record is tried again; zero leaves it to the platform.</param>
    /// <param name="message">What is in trouble.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is negative.</exception>
    public RetryRecordException(TimeSpan after, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(after, TimeSpan.Zero);
        After = after;
    }

    /// <summary>How long to wait before the record is tried again; zero leaves it to the platform.</summary>
    public TimeSpan After { get; }
}
