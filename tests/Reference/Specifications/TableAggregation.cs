namespace KafkaFunctions.Reference.Specifications;

/// <summary>An aggregation of a table, grouped by <see cref="GroupOf"/>, with adder and subtractor.</summary>
public sealed record TableAggregation(AggregateKind Aggregate) : Specification
{
    public const string Name = "table-aggregation";

    public override string Kind => Name;

    public override IEnumerable<(string Name, object Value)> Settings => [("aggregate", Aggregate)];

    /// <summary>The group of a table's row.</summary>
    public static string GroupOf(long value) => FormattableString.Invariant($"g{value % 3}");
}
