namespace KafkaFunctions.Reference.Specifications;

/// <summary>A table-table join by key.</summary>
public sealed record TableJoin(JoinKind Join) : Specification
{
    public const string Name = "table-join";

    public override string Kind => Name;

    public override bool HasTwoSides => true;

    public override IEnumerable<(string Name, object Value)> Settings => [("join", Join)];
}
