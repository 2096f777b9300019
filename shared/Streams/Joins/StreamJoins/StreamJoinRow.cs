using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>A key's records of both sides. One row orders what the two functions do, so that each pair is joined once (design rule 4).
/// One thread at a time.</summary>
internal sealed class StreamJoinRow
{
    public static readonly StreamSide[] BothSides = [StreamSide.Left, StreamSide.Right];

    private const long RightPages = 1 << 30;

    private readonly Timeline[] _sides;

    public StreamJoinRow(Timeline left, Timeline right) => _sides = [left, right];

    public Timeline this[StreamSide side] => _sides[(int)side];

    public ReadOnlySpan<Timeline> Sides => _sides;

    /// <exception cref="StateCorruptException">The row is no such row.</exception>
    public static StreamJoinRow Of(IStateStore store, RowWork work)
    {
        try
        {
            return Decode(work.Row!.Value, work.Row.Pages);
        }
        catch (InvalidDataException wrong)
        {
            throw new StateCorruptException(store.Name, work.Bucket, work.Key, wrong.Message, wrong);
        }
    }

    public byte[] Encode() => JoinPair.Encode(TimelineCodec.Encode(_sides[0]), TimelineCodec.Encode(_sides[1]));

    /// <summary>The earliest record that waits for a partner; where its page was not read, no later than that; null for none.</summary>
    public long? EarliestOpen(StreamSide side)
    {
        foreach (var segment in this[side].Segments)
        {
            if (!segment.HasOpen && !segment.IsDecoded)
            {
                continue;
            }

            if (!segment.IsRead)
            {
                return segment.First;
            }

            if (segment.Entries!.Find(JoinEntry.IsOpen) is { } open)
            {
                return open.Start;
            }
        }

        return null;
    }

    /// <summary>The time of the latest record; null for none.</summary>
    public long? Latest() => this[StreamSide.Left].Latest() is { } left && !(this[StreamSide.Right].Latest() > left) ? left : this[StreamSide.Right].Latest();

    /// <summary>Drops records that both sides' clocks have left behind and that wait for nothing; some pages at a time. Those that are still
    /// there count as dropped.</summary>
    public void Forget(StreamSide side, long until)
    {
        var dropped = 0;
        until = this[side].Floor = Math.Max(this[side].Floor, until);
        foreach (var segment in this[side].Segments)
        {
            if (!segment.IsDecoded)
            {
                if (segment.MaxEnd <= until && !segment.HasOpen && dropped++ < TimelineLimits.MaxDroppedPages)
                {
                    (segment.Entries, segment.IsChanged) = ([], true);
                }
            }
            else if (segment.Entries!.RemoveAll(entry => entry.Start <= until && !JoinEntry.IsOpen(entry)) > 0)
            {
                segment.IsChanged = true;
            }
        }
    }

    /// <summary>Brings what is told of pages up to date, and the row's places in the index.</summary>
    /// <param name="windows">How far apart records may be.</param>
    public void SetIndex(JoinWindows windows)
    {
        foreach (var side in BothSides)
        {
            foreach (var segment in this[side].Segments.Where(segment => segment is { IsChanged: true, IsDecoded: true }))
            {
                segment.HasOpen = segment.Entries!.Exists(JoinEntry.IsOpen);
            }

            this[side].Index = EarliestOpen(side) is { } open ? new DueIndex(DueKind.Close, (int)side, EndOf(open, windows, side)) : null;
        }

        if (this[StreamSide.Left].Index is null && this[StreamSide.Right].Index is null)
        {
            this[StreamSide.Left].Index = this[StreamSide.Left].StoredIndex is { Kind: DueKind.Expire } same
                ? same
                : ExpiryAt(Latest() ?? 0);
        }
    }

    /// <summary>Where a row stands in the index of which no record waits.</summary>
    /// <param name="latest">The time of its latest record.</param>
    public static DueIndex ExpiryAt(long latest) => new(DueKind.Expire, 0, latest);

    /// <summary>The last time at which a record's partner may be.</summary>
    public static long EndOf(long timestamp, JoinWindows windows, StreamSide side) =>
        timestamp > long.MaxValue - windows.Ahead(side) ? long.MaxValue : timestamp + windows.Ahead(side);

    private static StreamJoinRow Decode(byte[]? bytes, IReadOnlyDictionary<long, byte[]>? pages)
    {
        var (left, right) = bytes is null ? default : JoinPair.Decode(bytes);
        return new StreamJoinRow(TimelineCodec.Decode(left, pages, Create), TimelineCodec.Decode(right, pages, Create, RightPages));
    }

    private static TimelineEntry Create() => new();
}
