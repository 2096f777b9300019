namespace KafkaFunctions.TestSupport;

/// <summary>Outcome of a <see cref="ThrottlingRun"/>.</summary>
/// <param name="RowsPerSecond">What got through per second in the last measurement.</param>
/// <param name="Refused">Requests that were throttled.</param>
/// <param name="Acknowledged">Rows acknowledged.</param>
/// <param name="Stored">Rows that are there.</param>
internal sealed record ThrottlingResult(double RowsPerSecond, long Refused, long Acknowledged, long Stored);
