namespace KafkaFunctions.Reference.Specifications;

/// <summary>Tumbling windows, or hopping ones where <paramref name="Advance"/> is less than <paramref name="Size"/>.</summary>
public sealed record TimeWindowAggregation(long Size, long Advance, long Grace, AggregateKind Aggregate, ResultMode Results) : WindowAggregation(Results)
{
    public const string Name = "time-windows";

    public override string Kind => Name;

    public override IEnumerable<(string Name, object Value)> Settings =>
    [
        ("size", Size), ("advance", Advance), ("grace", Grace), ("aggregate", Aggregate), ("results", Results), .. HeldSettings,
    ];
}
