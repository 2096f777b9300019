namespace KafkaFunctions.Bench.Rebalance;

/// <summary>A time in which a life owned a partition, or ran an invocation on it.</summary>
internal readonly record struct Span(string Owner, long From, long To)
{
    public bool Overlaps(Span other) => From < other.To && other.From < To;

    public bool Contains(Span other) => From <= other.From && other.To <= To;
}
