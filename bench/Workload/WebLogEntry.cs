namespace KafkaFunctions.Bench.Workload;

/// <summary>What is true of a web-log line.</summary>
/// <param name="Malformed">Not of the log format: to be dead-lettered.</param>
/// <param name="EventTime">The time in the line, in milliseconds since 1970-01-01 UTC.</param>
/// <param name="Status">Status of the response.</param>
/// <param name="IsBot">The client calls itself a crawler.</param>
/// <param name="Destination">The topic that its page view ends in.</param>
internal readonly record struct WebLogEntry(bool Malformed, long EventTime, int Status, bool IsBot, string Destination);
