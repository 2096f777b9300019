namespace KafkaFunctions.Reference;

/// <summary>Stream time: the highest timestamp seen.</summary>
internal sealed class StreamClock
{
    public long Now { get; private set; } = long.MinValue;

    public void Move(long timestamp) => Now = Math.Max(Now, timestamp);
}
