namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>A timeline as it was before an operation that may fail.</summary>
internal sealed class TimelineSnapshot
{
    private readonly byte[] _head;
    private readonly Dictionary<long, byte[]> _pages = [];
    private readonly HashSet<long> _changed = [];
    private readonly HashSet<long> _new = [];
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

            if (segment.IsNew)
            {
                _new.Add(segment.Id);
            }

            if (segment.Id != TimelineSegment.Inline && segment.IsRead)
            {
                _pages.Add(segment.Id, segment.IsChanged ? TimelineCodec.EncodePage(segment) : segment.Stored!);
            }

            if (segment.IsChanged)
            {
                NoteTouched(segment);
            }
        }
    }

    public static TimelineSnapshot Of(Timeline timeline) => new(timeline);

    public Timeline Restore(Func<TimelineEntry> create)
    {
        var timeline = TimelineCodec.Decode(_head, _pages, create);
        timeline.Removed.AddRange(_removed);
        foreach (var segment in timeline.Segments)
        {
            (segment.IsChanged, segment.IsNew) = (_changed.Contains(segment.Id), _new.Contains(segment.Id));
        }

        foreach (var (window, published, operation) in _touched)
        {
            var entry = timeline.Find(window.Start, window.End)!;
            (entry.Published, entry.LastOperation) = (published, operation);
        }

        return timeline;
    }

    private void NoteTouched(TimelineSegment segment)
    {
        foreach (var entry in segment.Entries!)
        {
            if (entry.LastOperation != TimelineEntry.Untouched)
            {
                _touched.Add((entry.Window, entry.Published, entry.LastOperation));
            }
        }
    }
}
