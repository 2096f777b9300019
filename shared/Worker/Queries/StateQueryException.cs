using KafkaFunctions.Streams;

namespace KafkaFunctions.Worker.Queries;

/// <summary>A query that is answered with an error.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">What is wrong and how to mend it.</param>
/// <param name="innerException">The cause, if another exception was.</param>
internal sealed class StateQueryException(int status, string message, Exception? innerException = null) : KafkaFunctionsException(message, innerException)
{
    public int Status => status;
}
