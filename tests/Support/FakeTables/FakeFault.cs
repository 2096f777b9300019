namespace KafkaFunctions.TestSupport;

/// <summary>What a request meets instead of an answer.</summary>
/// <param name="Status">The answer's status; 0 for a connection that breaks.</param>
/// <param name="Code">The answer's error code.</param>
/// <param name="RetryAfter">Seconds to wait, where the service says so.</param>
/// <param name="IsApplied">Whether the request is carried out first: its answer is what gets lost.</param>
internal sealed record FakeFault(int Status, string Code = "", int? RetryAfter = null, bool IsApplied = false)
{
    public static FakeFault ConnectionBreaks { get; } = new(0);

    public static FakeFault AnswerIsLost { get; } = new(0, IsApplied: true);

    public static FakeFault Busy(int? retryAfter) => new(503, "ServerBusy", retryAfter);
}
