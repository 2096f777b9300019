namespace KafkaFunctions.SelfHost.Timers;

/// <summary>Where a timer stands; kept in a file.</summary>
/// <param name="Last">When it last ran; the start of the monitoring where it has not.</param>
/// <param name="Next">When it runs next.</param>
/// <param name="LastUpdated">When this was written.</param>
internal sealed record TimerStatus(DateTimeOffset Last, DateTimeOffset Next, DateTimeOffset LastUpdated);
