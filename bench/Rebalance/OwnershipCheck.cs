using KafkaFunctions.Bench.Accounting;

namespace KafkaFunctions.Bench.Rebalance;

/// <summary>Finds partitions that two live instances worked on, from what the instances traced.</summary>
internal sealed class OwnershipCheck
{
    private readonly Dictionary<(string Function, int Partition), (List<Span> Owned, List<Span> Worked)> _spans = [];
    private readonly Problems _problems;

    public OwnershipCheck(IEnumerable<Life> lives, Problems problems)
    {
        _problems = problems;
        foreach (var life in lives)
        {
            var events = TraceEvent.ReadFile(life.TraceFile);
            Assignments += events.Count(each => each.Kind == TraceEventKind.Assigned);
            foreach (var partition in events.GroupBy(each => (each.Function, each.Partition)))
            {
                Add(life, partition.Key, partition);
            }
        }

        foreach (var (partition, spans) in _spans)
        {
            var name = $"{partition.Function} {partition.Partition}";
            FindOverlaps("owned by two", name, spans.Owned);
            FindOverlaps("worked on by two", name, spans.Worked);
            Invocations += spans.Worked.Count;
        }
    }

    /// <summary>Invocations traced; zero means that the app offers no trace.</summary>
    public int Invocations { get; }

    /// <summary>Assignments of a partition traced.</summary>
    public int Assignments { get; }

    private void Add(Life life, (string Function, int Partition) partition, IEnumerable<TraceEvent> events)
    {
        if (!_spans.TryGetValue(partition, out var spans))
        {
            _spans[partition] = spans = ([], []);
        }

        var all = events.OrderBy(each => each.Ticks).ToList();
        var owned = Pair(life, all, TraceEventKind.Assigned, TraceEventKind.Revoked);
        var worked = Pair(life, all, TraceEventKind.Start, TraceEventKind.End);
        foreach (var work in worked)
        {
            if (!owned.Exists(own => own.Contains(work)))
            {
                _problems.Add("invocation outside of the ownership of its partition", $"{life.Name}, {partition.Function} {partition.Partition}, ticks {work.From} to {work.To}");
            }
        }

        spans.Owned.AddRange(owned);
        spans.Worked.AddRange(worked);
    }

    private static List<Span> Pair(Life life, List<TraceEvent> events, TraceEventKind from, TraceEventKind to)
    {
        var spans = new List<Span>();
        long? begun = null;
        foreach (var each in events)
        {
            if (each.Kind == from)
            {
                begun = each.Ticks;
            }
            else if (each.Kind == to && begun is { } start)
            {
                spans.Add(new Span(life.Name, start, each.Ticks));
                begun = null;
            }
        }

        if (begun is { } open)
        {
            spans.Add(new Span(life.Name, open, life.EndedAt));
        }

        return spans;
    }

    private void FindOverlaps(string what, string partition, List<Span> spans)
    {
        spans.Sort((left, right) => left.From.CompareTo(right.From));
        for (var i = 1; i < spans.Count; i++)
        {
            if (spans[i].Owner != spans[i - 1].Owner && spans[i].Overlaps(spans[i - 1]))
            {
                _problems.Add(what, $"{partition}: {spans[i - 1].Owner} and {spans[i].Owner} at ticks {spans[i].From}");
            }
        }
    }
}
