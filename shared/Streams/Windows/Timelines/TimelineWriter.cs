using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>What a changed timeline writes: the key's row, pages, and its place in the index, in one transaction. The row's condition
/// stands for all of them.</summary>
internal static class TimelineWriter
{
    /// <summary>Most windows in the key's row, and about as many in a page.</summary>
    public const int MaxInline = 128;

    /// <summary>Most windows of a new page.</summary>
    public const int PageSize = 256;

    /// <summary>Most bytes of windows in the key's row, and of a new page, where one window has less.</summary>
    public const int MaxSegmentBytes = 24 * 1024;

    /// <summary>Most rows of a timeline that are written at once.</summary>
    public const int MaxRows = StateLimits.MaxRowsPerTransaction - 10;

    // Half of a transaction: the key's row comes to it.
    private const int LargeBytes = StateLimits.MaxBytesPerTransaction / 2;
    private const int LargeRows = MaxRows / 2;

    // What is cached of the pages of one key.
    private const int MaxCachedPages = 512;

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

    /// <summary>Whether so much has changed that it should be written.</summary>
    public static bool IsLarge(Timeline timeline)
    {
        if (timeline.Segments.Count == 1)
        {
            return false;
        }

        var pages = timeline.Segments.Where(segment => segment.IsChanged && segment.Id != TimelineSegment.Inline).ToList();
        return pages.Count > LargeRows || pages.Sum(page => (long)TimelineCodec.EncodePage(page).Length) > LargeBytes;
    }

    /// <exception cref="StateRowTooLargeException">The row, or a key, does not fit.</exception>
    public static void Check(IStateStore store, RowWork work, Timeline timeline, Func<byte[], RowState> build, int room)
    {
        timeline.Spill(MaxInline, PageSize, MaxSegmentBytes);
        store.Check(TimelineKeys.Longest(work.Key), 1);
        store.Check(work.Key, RowCodec.Encode(build(TimelineCodec.Encode(timeline))).Length + room);
    }

    /// <param name="store">The store.</param>
    /// <param name="work">The row.</param>
    /// <param name="timeline">What it becomes.</param>
    /// <param name="build">Makes the row, of the timeline's bytes.</param>
    /// <param name="room">Bytes to be left free in it.</param>
    /// <exception cref="StateRowTooLargeException">Something does not fit.</exception>
    public static FoldedRow Write(IStateStore store, RowWork work, Timeline timeline, Func<byte[], RowState> build, int room) =>
        Write(store, work, [timeline], () => build(TimelineCodec.Encode(timeline)), room);

    /// <summary>Writes a row of several timelines.</summary>
    /// <inheritdoc cref="Write(IStateStore, RowWork, Timeline, Func{byte[], RowState}, int)"/>
    public static FoldedRow Write(IStateStore store, RowWork work, ReadOnlySpan<Timeline> timelines, Func<RowState> build, int room)
    {
        var writes = new List<StateWrite>();
        Dictionary<long, byte[]>? pages = null;
        foreach (var timeline in timelines)
        {
            timeline.Spill(MaxInline, PageSize, MaxSegmentBytes);
            WritePages(store, work, timeline, writes, ref pages);
            WriteIndex(store, work, timeline, writes);
        }

        var row = build() with { Pages = pages };
        var bytes = RowCodec.Encode(row);
        store.Check(work.Key, bytes.Length + room);
        var size = bytes.Length + writes.Sum(write => (long)StateRules.SizeOf(write));
        if (writes.Count > MaxRows || size > StateLimits.MaxBytesPerTransaction)
        {
            throw new StateRowTooLargeException(store.Name, work.Key, "windows", (int)Math.Min(size, int.MaxValue), StateLimits.MaxBytesPerTransaction);
        }

        return new FoldedRow(row, bytes)
        {
            Extras = writes.Count > 0 ? writes : null,
            Due = DueOf(timelines[0]),
            OtherDue = timelines.Length > 1 ? DueOf(timelines[1]) : null,
        };
    }

    private static (int Source, long Time)? DueOf(Timeline timeline) => timeline.Index is { Kind: DueKind.Close } index ? (index.Source, index.Time) : null;

    private static void WritePages(IStateStore store, RowWork work, Timeline timeline, List<StateWrite> writes, ref Dictionary<long, byte[]>? pages)
    {
        if (timeline.Segments.Count == 1)
        {
            return;
        }

        pages ??= [];
        foreach (var page in timeline.Segments.Where(segment => segment.Id != TimelineSegment.Inline).Reverse().ToList())
        {
            if (page.IsChanged)
            {
                var key = TimelineKeys.Page(work.Key, page.Id);
                var bytes = page.Entries!.Count > 0 ? TimelineCodec.EncodePage(page) : null;
                store.Check(key, bytes?.Length ?? 0);
                writes.Add(new StateWrite(key, bytes, StateWrite.AnyETag));
                if (bytes is null)
                {
                    timeline.Drop(page);
                    continue;
                }

                pages.Add(page.Id, bytes);
            }
            else if (pages.Count < MaxCachedPages && work.Row!.Pages?.GetValueOrDefault(page.Id) is { } known)
            {
                pages.Add(page.Id, known);
            }
        }
    }

    private static void WriteIndex(IStateStore store, RowWork work, Timeline timeline, List<StateWrite> writes)
    {
        if (timeline.Index == timeline.StoredIndex)
        {
            return;
        }

        if (timeline.StoredIndex is { } old)
        {
            writes.Add(new StateWrite(TimelineKeys.Index(work.Key, old), null, StateWrite.AnyETag));
        }

        if (timeline.Index is { } now)
        {
            var key = TimelineKeys.Index(work.Key, now);
            store.Check(key, 1);
            writes.Add(new StateWrite(key, [TimelineCodec.Format], StateWrite.AnyETag));
        }
    }
}
