using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>A row of a join as it was before a record that may not fit.</summary>
internal sealed class StreamJoinRowSnapshot
{
    private static readonly Func<TimelineEntry> Create = static () => new TimelineEntry();

    private readonly TimelineSnapshot _left;
    private readonly TimelineSnapshot _right;

    private StreamJoinRowSnapshot(StreamJoinRow row)
    {
        _left = TimelineSnapshot.Of(row[StreamSide.Left]);
        _right = TimelineSnapshot.Of(row[StreamSide.Right]);
    }

    public static StreamJoinRowSnapshot Of(StreamJoinRow row) => new(row);

    public StreamJoinRow Restore() => new(_left.Restore(Create), _right.Restore(Create));
}
