using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;

namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>What a changed timeline writes: the key's row, pages, and its place in the index, in one transaction. The row's condition
/// stands for all of them.</summary>
internal static class TimelineWriter
{
    /// <summary>Most rows of a timeline that are written at once.</summary>
    public const int MaxRows = StateLimits.MaxRowsPerTransaction - 10;

    // Half of a transaction: the key's row comes to it.
    private const int LargeBytes = StateLimits.MaxBytesPerTransaction / 2;

    // What is cached of the pages of one key: more than a write needs.
    private const int MaxCachedPages = 64;

    /// <summary>Puts the row into the index: under the first window to be closed, or when there is none, where it expires.</summary>
    /// <remarks>Where it expires is not brought up to date with every new window: whoever comes by then does that.</remarks>
    public static void SetIndex(Timeline timeline, bool hasFinals, int source)
    {
        if (hasFinals && timeline.EarliestOpen() is { } due)
        {
            if (timeline.Index is not { Kind: DueKind.Close } index || index.Time != due)
            {
                timeline.Index = new DueIndex(DueKind.Close, source, due);
            }
        }
        else if (timeline.Index is not { Kind: DueKind.Expire })
        {
            timeline.Index = new DueIndex(DueKind.Expire, source, Math.Max(0, timeline.Latest() ?? timeline.Floor));
        }
    }

    /// <summary>Puts the row into the index under the result that is due first of what is held; takes it out when nothing is.</summary>
    /// <param name="timeline">The row.</param>
    /// <param name="hold">How long results are held; null for not at all.</param>
    /// <param name="source">The source partition.</param>
    public static void SetHeldIndex(Timeline timeline, HoldRules? hold, int source)
    {
        if (hold is null || timeline.EarliestHeld() is not { } earliest)
        {
            timeline.HeldIndex = null;
            return;
        }

        var index = timeline.HeldIndex is { } known && known.Time == earliest ? known : new DueIndex(DueKind.Release, source, earliest);
        timeline.HeldIndex = index with { Count = hold.MaxRows is null ? 0 : timeline.CountHeld() };
    }

    /// <summary>Whether so much has changed that it should be written.</summary>
    public static bool IsLarge(Timeline timeline)
    {
        if (timeline.Segments.Count == 1)
        {
            return false;
        }

        var (pages, bytes) = (0, 0L);
        foreach (var segment in timeline.Segments)
        {
            if (segment.IsChanged && segment.Id != TimelineSegment.Inline)
            {
                pages++;
                bytes += TimelineCodec.EncodePage(segment).Length;
            }
        }

        return pages > TimelineLimits.MaxChangedPages || bytes > LargeBytes;
    }

    /// <exception cref="StateRowTooLargeException">The row, or a key, does not fit.</exception>
    public static void Check(RowTable table, RowWork work, Timeline timeline, Func<byte[], RowState> build, int room)
    {
        timeline.Spill(table.Limits);
        table.Store.Check(TimelineKeys.Longest(work.Key), 1);
        table.Store.Check(work.Key, RowCodec.Encode(build(TimelineCodec.Encode(timeline))).Length + room);
    }

    /// <param name="table">The store.</param>
    /// <param name="work">The row.</param>
    /// <param name="timeline">What it becomes.</param>
    /// <param name="build">Makes the row, of the timeline's bytes.</param>
    /// <param name="room">Bytes to be left free in it.</param>
    /// <param name="buffers">Memory to write in; null for some of its own.</param>
    /// <exception cref="StateRowTooLargeException">Something does not fit.</exception>
    public static FoldedRow Write(RowTable table, RowWork work, Timeline timeline, Func<byte[], RowState> build, int room, TimelineBuffers? buffers = null)
    {
        buffers ??= new TimelineBuffers();
        List<StateWrite>? writes = null;
        Dictionary<long, byte[]>? pages = null;
        WriteBeside(table, work, timeline, ref writes, ref pages);
        return Folded(table, work, build(TimelineCodec.Encode(timeline, buffers.Timeline)), pages, writes, room, buffers) with
        {
            Due = DueOf(timeline),
            OtherDue = timeline.HeldIndex is { } held ? (DueTimes.ClockOf(held.Kind, held.Source), held.Time) : null,
            HeldChange = HeldChangeOf(timeline),
        };
    }

    /// <summary>Writes a row of several timelines.</summary>
    /// <inheritdoc cref="Write(RowTable, RowWork, Timeline, Func{byte[], RowState}, int, TimelineBuffers?)"/>
    public static FoldedRow Write(RowTable table, RowWork work, ReadOnlySpan<Timeline> timelines, Func<RowState> build, int room)
    {
        List<StateWrite>? writes = null;
        Dictionary<long, byte[]>? pages = null;
        foreach (var timeline in timelines)
        {
            WriteBeside(table, work, timeline, ref writes, ref pages);
        }

        return Folded(table, work, build(), pages, writes, room, new TimelineBuffers()) with
        {
            Due = DueOf(timelines[0]),
            OtherDue = timelines.Length > 1 ? DueOf(timelines[1]) : null,
        };
    }

    /// <summary>What is beside the key's row.</summary>
    private static void WriteBeside(RowTable table, RowWork work, Timeline timeline, ref List<StateWrite>? writes, ref Dictionary<long, byte[]>? pages)
    {
        timeline.Spill(table.Limits);
        if (timeline.Segments.Count > 1)
        {
            WritePages(table.Store, work, timeline, writes ??= [], pages ??= []);
        }

        if (timeline.Index != timeline.StoredIndex)
        {
            WriteIndex(table.Store, work, timeline.StoredIndex, timeline.Index, writes ??= []);
        }

        if (timeline.HeldIndex != timeline.StoredHeldIndex)
        {
            WriteIndex(table.Store, work, timeline.StoredHeldIndex, timeline.HeldIndex, writes ??= []);
        }
    }

    private static FoldedRow Folded(
        RowTable table, RowWork work, RowState built, Dictionary<long, byte[]>? pages, List<StateWrite>? writes, int room, TimelineBuffers buffers)
    {
        var row = pages is null && built.Pages is null ? built : built with { Pages = pages };
        var bytes = RowCodec.Encode(row, buffers.Row, buffers.Topics);
        table.Store.Check(work.Key, bytes.Length + room);
        var size = (long)bytes.Length;
        foreach (var write in writes ?? [])
        {
            size += StateRules.SizeOf(write);
        }

        if (writes?.Count > MaxRows || size > StateLimits.MaxBytesPerTransaction)
        {
            throw new StateRowTooLargeException(table.Store.Name, work.Key, "windows", (int)Math.Min(size, int.MaxValue), StateLimits.MaxBytesPerTransaction);
        }

        return new FoldedRow(row, bytes) { Extras = writes is { Count: > 0 } ? writes : null };
    }

    private static (int Source, long Time)? DueOf(Timeline timeline) => timeline.Index is { Kind: DueKind.Close } index ? (index.Source, index.Time) : null;

    private static (int Source, int Change)? HeldChangeOf(Timeline timeline)
    {
        var change = (timeline.HeldIndex?.Count ?? 0) - (timeline.StoredHeldIndex?.Count ?? 0);
        return change != 0 && (timeline.HeldIndex ?? timeline.StoredHeldIndex) is { } index ? (index.Source, change) : null;
    }

    private static void WritePages(IStateStore store, RowWork work, Timeline timeline, List<StateWrite> writes, Dictionary<long, byte[]> pages)
    {
        for (var i = timeline.Segments.Count - 2; i >= 0; i--)
        {
            var page = timeline.Segments[i];
            if (page.IsChanged)
            {
                WritePage(store, work, timeline, page, writes, pages);
            }
            else if (page.Stored is { } known && (page.IsDecoded || pages.Count < MaxCachedPages))
            {
                pages.Add(page.Id, known);
            }
        }
    }

    private static void WritePage(IStateStore store, RowWork work, Timeline timeline, TimelineSegment page, List<StateWrite> writes, Dictionary<long, byte[]> pages)
    {
        var key = TimelineKeys.Page(work.Key, page.Id);
        if (page.Entries!.Count > 0)
        {
            var bytes = TimelineCodec.EncodePage(page);
            store.Check(key, bytes.Length);
            writes.Add(new StateWrite(key, bytes, StateWrite.AnyETag));
            pages.Add(page.Id, bytes);
            return;
        }

        timeline.Drop(page);
        if (!page.IsNew)
        {
            writes.Add(new StateWrite(key, null, StateWrite.AnyETag));
        }
    }

    private static void WriteIndex(IStateStore store, RowWork work, DueIndex? old, DueIndex? now, List<StateWrite> writes)
    {
        if (old is { } stored && stored with { Count = 0 } != now.GetValueOrDefault() with { Count = 0 })
        {
            writes.Add(new StateWrite(TimelineKeys.Index(work.Key, stored), null, StateWrite.AnyETag));
        }

        if (now is { } index)
        {
            var key = TimelineKeys.Index(work.Key, index);
            var value = TimelineKeys.IndexValue(index);
            store.Check(key, value.Length);
            writes.Add(new StateWrite(key, value, StateWrite.AnyETag));
        }
    }
}
