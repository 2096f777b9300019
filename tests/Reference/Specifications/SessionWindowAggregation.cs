namespace KafkaFunctions.Reference.Specifications;

/// <summary>Session windows.</summary>
public sealed record SessionWindowAggregation(long Gap, long Grace, AggregateKind Aggregate, ResultMode Results) : WindowAggregation(Results)
{
    public const string Name = "session-windows";

    public override string Kind => Name;

    public override IEnumerable<(string Name, object Value)> Settings =>
    [
        ("gap", Gap), ("grace", Grace), ("aggregate", Aggregate), ("results", Results), .. HeldSettings,
    ];
}
