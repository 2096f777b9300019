using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Accounting;

/// <summary>Counts what is wrong, by kind, and keeps the first examples of each.</summary>
internal sealed class Problems
{
    private const int ExamplesPerKind = 3;

    private readonly SortedDictionary<string, (long Count, List<string> Examples)> _kinds = new(StringComparer.Ordinal);

    public long Count => _kinds.Values.Sum(kind => kind.Count);

    public void Add(string kind, string example)
    {
        var (count, examples) = _kinds.TryGetValue(kind, out var known) ? known : (0, []);
        if (examples.Count < ExamplesPerKind)
        {
            examples.Add(example);
        }

        _kinds[kind] = (count + 1, examples);
    }

    /// <summary>Adds the check that there are none, and a list of those that there are.</summary>
    public void AddTo(Report report, string check)
    {
        foreach (var (kind, (count, examples)) in _kinds)
        {
            report.Note(Report.Invariant($"- {count:N0} × {kind}: {string.Join(", ", examples)}{(count > examples.Count ? " …" : "")}"));
        }

        report.Check(check, Count == 0, Count == 0 ? "as it must be" : Report.Invariant($"{Count:N0} problems, listed above"));
    }
}
