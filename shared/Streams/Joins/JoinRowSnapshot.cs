using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Joins;

/// <summary>A row of a join as it was before a record that may not fit.</summary>
internal sealed class JoinRowSnapshot
{
    private static readonly Func<TimelineEntry> Create = static () => new TimelineEntry();

    private readonly TimelineSnapshot _left;
    private readonly TimelineSnapshot _right;

    private JoinRowSnapshot(JoinRow row)
    {
        _left = TimelineSnapshot.Of(row[JoinSide.Left]);
        _right = TimelineSnapshot.Of(row[JoinSide.Right]);
    }

    public static JoinRowSnapshot Of(JoinRow row) => new(row);

    public JoinRow Restore() => new(_left.Restore(Create), _right.Restore(Create));
}
