namespace KafkaFunctions.Reference.Specifications;

/// <summary>Sliding windows, both ends inclusive.</summary>
public sealed record SlidingWindowAggregation(long Size, long Grace, AggregateKind Aggregate, ResultMode Results) : WindowAggregation(Results)
{
    public const string Name = "sliding-windows";

    public override string Kind => Name;

    public override IEnumerable<(string Name, object Value)> Settings =>
    [
        ("size", Size), ("grace", Grace), ("aggregate", Aggregate), ("results", Results), .. HeldSettings,
    ];
}
