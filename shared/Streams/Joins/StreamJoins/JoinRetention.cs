using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>How far both sides of a join are for the records of each, as this instance has read it last: what lies further behind than
/// records are kept is forgotten. Safe for concurrent use.</summary>
/// <remarks>What it says was so at some time, and what was forgotten by then nobody needs: it need not be new.</remarks>
internal sealed class JoinRetention
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(1);

    private volatile Times? _times;

    /// <summary>The lower one of both sides' clocks that decide on a side's records.</summary>
    public long this[StreamSide side] => _times is not { } times ? InputRecord.NoTimestamp : side == StreamSide.Left ? times.Left : times.Right;

    /// <summary>Whether it was set a moment ago.</summary>
    public bool IsCurrent(TimeProvider time) => _times is { } times && time.GetElapsedTime(times.SetAt) < ReadEvery;

    public void Set(StreamSide side, long own, long other, TimeProvider time) =>
        _times = side == StreamSide.Left ? new Times(own, other, time.GetTimestamp()) : new Times(other, own, time.GetTimestamp());

    private sealed record Times(long Left, long Right, long SetAt);
}
