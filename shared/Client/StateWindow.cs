namespace KafkaFunctions.Client;

/// <summary>A span of event time that a value is of.</summary>
/// <param name="Start">Its first millisecond.</param>
/// <param name="End">Its end: of tumbling and hopping windows the first millisecond behind it, of sliding and session windows its last
/// one. Of windows that end after the year 9999, the end of that.</param>
public sealed record StateWindow(DateTimeOffset Start, DateTimeOffset End);
