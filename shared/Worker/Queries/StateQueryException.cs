using KafkaFunctions.Streams;

namespace KafkaFunctions.Worker.Queries;

/// <summary>A query that is answered with an error.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">What is wrong and how to mend it.</param>
/// <param name="innerException">The cause, if another exception was.</param>
internal sealed class StateQueryException(int status, string message, Exception? innerException = null) : KafkaFunctionsException(message, innerException)
{
    public const string KeyNotFound = nameof(KeyNotFound);

    public const string StoreNotFound = nameof(StoreNotFound);

    public int Status => status;

    /// <summary>Which reason, for programs; null where the status says it. Clients rely on it.</summary>
    public string? Code { get; init; }
}
