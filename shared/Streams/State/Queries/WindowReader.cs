using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.State.Queries;

/// <summary>Reads windows of a key. They are in the key's row and in pages, which are written together and read one after the other: the
/// row is read again behind its pages, and where it has changed meanwhile, everything is. What is written all the time is read in few
/// pages at once.</summary>
internal static class WindowReader
{
    // A page has 24 KiB as a rule.
    private const int MaxPagesAtOnce = 16;

    private const int MaxAttempts = 50;

    /// <summary>Reads windows in the order of their starts.</summary>
    /// <param name="store">The store.</param>
    /// <param name="bucket">The key's bucket.</param>
    /// <param name="head">The key's row, as it was read; null where it is not there.</param>
    /// <param name="request">Which windows.</param>
    /// <param name="maxBytes">Of how many bytes, beside the first one.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null where the key has no windows at all.</returns>
    /// <exception cref="StateUnavailableException">The key is written all the time.</exception>
    public static async Task<StatePage?> ReadAsync(
        IStateStore store, StateBucket bucket, StateRow? head, WindowRequest request, long maxBytes, CancellationToken cancellationToken)
    {
        for (var attempt = 1; head is not null; attempt++)
        {
            var timeline = Decode(store, bucket, head, null);
            if (timeline.Latest() is null)
            {
                return null;
            }

            var (page, current) = await TryReadAsync(store, bucket, head, timeline, request, maxBytes, cancellationToken).ConfigureAwait(false);
            if (page is not null)
            {
                return page;
            }

            head = attempt < MaxAttempts
                ? current
                : throw new StateUnavailableException(store.Name, $"A key of store '{store.Name}' was written {MaxAttempts} times while its windows were read. Ask for fewer windows, or again later.");
        }

        return null;
    }

    /// <summary>The last window of a key.</summary>
    public static async Task<StateEntry?> ReadNewestAsync(IStateStore store, StateBucket bucket, StateRow? head, CancellationToken cancellationToken)
    {
        if (head is null)
        {
            return null;
        }

        var segments = Decode(store, bucket, head, null).Segments;
        var last = segments[^1].Entries!.Count > 0 || segments.Count == 1 ? segments[^1] : segments[^2];
        var page = await ReadAsync(store, bucket, head, new WindowRequest { From = last.First, Limit = int.MaxValue }, long.MaxValue, cancellationToken).ConfigureAwait(false);
        return page is { Entries.Count: > 0 } ? page.Entries[^1] : null;
    }

    /// <returns>The windows, or the row as it is now, where it has changed.</returns>
    private static async Task<(StatePage? Page, StateRow? Current)> TryReadAsync(
        IStateStore store, StateBucket bucket, StateRow head, Timeline timeline, WindowRequest request, long maxBytes, CancellationToken cancellationToken)
    {
        var (key, version) = (head.Key.Bytes[1..].ToArray(), RowTable.Decode(store, bucket, head).Version);
        var entries = new List<StateEntry>();
        var bytes = 0L;
        foreach (var segments in SegmentsOf(timeline, request).Chunk(Math.Clamp(1 + (request.Limit / TimelineLimits.Default.PageSize), 1, MaxPagesAtOnce)))
        {
            var pages = segments.Where(segment => segment.Entries is null).Select(segment => segment.Id).ToList();
            var read = timeline;
            if (pages.Count > 0)
            {
                var rows = await store.ReadAsync(bucket, pages.ConvertAll(page => TimelineKeys.Page(head.Key, page)), cancellationToken).ConfigureAwait(false);
                var current = (await store.ReadAsync(bucket, [head.Key], cancellationToken).ConfigureAwait(false))[0];
                if (current?.ETag != head.ETag)
                {
                    return (null, current);
                }

                read = Decode(store, bucket, head, Numbered(store, bucket, head, pages, rows));
            }

            foreach (var entry in segments.SelectMany(segment => read.Segments.First(other => other.Id == segment.Id).Entries!).Where(entry => request.Holds(entry.Start)))
            {
                if (entries.Count == request.Limit || (bytes >= maxBytes && entries.Count > 0))
                {
                    return (new StatePage(entries, key) { NextWindow = entry.Start }, null);
                }

                entries.Add(new StateEntry(key, entry.Bytes ?? [], entry.Timestamp, version) { Window = entry.Window });
                bytes += key.Length + (entry.Bytes?.Length ?? 0);
            }
        }

        return (new StatePage(entries, null), null);
    }

    /// <summary>The segments that have windows of a request, as far as the row tells.</summary>
    private static IEnumerable<TimelineSegment> SegmentsOf(Timeline timeline, WindowRequest request)
    {
        for (var i = 0; i < timeline.Segments.Count; i++)
        {
            var isBefore = i < timeline.Segments.Count - 1 && timeline.Segments[i + 1].First <= request.From;
            var isBehind = i > 0 && timeline.Segments[i].First > request.To;
            if (!isBefore && !isBehind)
            {
                yield return timeline.Segments[i];
            }
        }
    }

    private static Dictionary<long, byte[]> Numbered(IStateStore store, StateBucket bucket, StateRow head, List<long> pages, IReadOnlyList<StateRow?> rows)
    {
        var numbered = new Dictionary<long, byte[]>();
        for (var i = 0; i < pages.Count; i++)
        {
            numbered.Add(pages[i], rows[i]?.Value ?? throw new StateCorruptException(store.Name, bucket, head.Key, $"page {pages[i]} of its windows is not there."));
        }

        return numbered;
    }

    private static Timeline Decode(IStateStore store, StateBucket bucket, StateRow head, Dictionary<long, byte[]>? pages)
    {
        try
        {
            return TimelineCodec.Decode(RowTable.Decode(store, bucket, head).Value, pages, static () => new TimelineEntry(), translate: Corrupt);
        }
        catch (InvalidDataException wrong)
        {
            throw Corrupt(wrong);
        }

        StateCorruptException Corrupt(InvalidDataException wrong) => new(store.Name, bucket, head.Key, wrong.Message, wrong);
    }
}
