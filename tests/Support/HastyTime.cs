namespace KafkaFunctions.TestSupport;

/// <summary>Each look at the clock is a second after the one before.</summary>
internal sealed class HastyTime : TimeProvider
{
    private long _seconds;

    public override long GetTimestamp() => Interlocked.Increment(ref _seconds) * TimestampFrequency;
}
