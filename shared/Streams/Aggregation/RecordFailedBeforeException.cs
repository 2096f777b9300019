namespace KafkaFunctions.Streams.Aggregation;

/// <summary>A record could not be applied to its key's state when it was delivered before; the state keeps why, so that it is
/// a dead letter again.</summary>
public sealed class RecordFailedBeforeException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errorType">Full name of the type of the error then; empty where it was not kept.</param>
    /// <param name="message">Its message; empty where it was not kept.</param>
    public RecordFailedBeforeException(string errorType, string message)
        : base(message.Length > 0 ? message : "The record could not be applied to the state of its key, like many others of its batch; the reason is that of the first of them.") =>
        ErrorType = errorType;

    /// <summary>Full name of the type of the error then; empty where it was not kept.</summary>
    public string ErrorType { get; }
}
