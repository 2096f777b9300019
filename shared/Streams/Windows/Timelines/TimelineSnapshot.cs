namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>A timeline as it was before an operation that may fail.</summary>
internal sealed class TimelineSnapshot
{
    private readonly byte[] _head;
    private readonly Dictionary<long, byte[]> _pages = [];
    private readonly HashSet<long> _changed = [];
    private readonly List<(Window Window, byte[]? Published, int Operation)> _touched = [];
    private readonly List<RemovedWindow> _removed;

    private TimelineSnapshot(Timeline timeline)
    {
        _head = TimelineCodec.Encode(timeline);
        _removed = [.. timeline.Removed];
        foreach (var segment in timeline.Segments)
        {
            if (segment.IsChanged)
            {
                _changed.Add(segment.Id);
            }

            if (segment.Entries is null)
            {
                continue;
            }

            if (segment.Id != TimelineSegment.Inline)
            {
                _pages.Add(segment.Id, TimelineCodec.EncodePage(segment));
            }

            _touched.AddRange(
                from entry in segment.Entries
                where entry.LastOperation != TimelineEntry.Untouched
                select (entry.Window, entry.Published, entry.LastOperation));
        }
    }

    public static TimelineSnapshot Of(Timeline timeline) => new(timeline);

    public Timeline Restore(Func<TimelineEntry> create)
    {
        var timeline = TimelineCodec.Decode(_head, _pages, create);
        timeline.Removed.AddRange(_removed);
        foreach (var segment in timeline.Segments)
        {
            segment.IsChanged = _changed.Contains(segment.Id);
        }

        foreach (var (window, published, operation) in _touched)
        {
            var entry = timeline.Find(window.Start, window.End)!;
            (entry.Published, entry.LastOperation) = (published, operation);
        }

        return timeline;
    }
}
