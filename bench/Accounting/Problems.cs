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

    /// <summary>One line per kind.</summary>
    public string Describe() => Count == 0
        ? "none"
        : string.Join("; ", _kinds.Select(kind => $"{kind.Value.Count} × {kind.Key} ({string.Join(", ", kind.Value.Examples)})"));
}
