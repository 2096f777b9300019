namespace KafkaFunctions.Reference.Specifications;

/// <summary>An aggregation of a stream by its key, without windows.</summary>
public sealed record StreamAggregation(AggregateKind Aggregate) : Specification
{
    public const string Name = "stream-aggregation";

    public override string Kind => Name;

    public override IEnumerable<(string Name, object Value)> Settings => [("aggregate", Aggregate)];
}
