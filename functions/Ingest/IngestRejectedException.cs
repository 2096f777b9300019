using KafkaFunctions.Streams;

namespace KafkaFunctions.App.Ingest;

/// <summary>A request whose records are not published.</summary>
/// <param name="status">The HTTP status that says why.</param>
/// <param name="detail">What is wrong and how to mend it.</param>
/// <param name="position">The first thing in the body that is wrong; null where it is not the body.</param>
/// <param name="innerException">The cause, if another exception was.</param>
internal sealed class IngestRejectedException(
    int status,
    string detail,
    BodyPosition? position = null,
    Exception? innerException = null) : KafkaFunctionsException(detail, innerException)
{
    /// <summary>The HTTP status that says why.</summary>
    public int Status { get; } = status;

    /// <summary>The first thing in the body that is wrong; null where it is not the body.</summary>
    public BodyPosition? Position { get; } = position;
}
