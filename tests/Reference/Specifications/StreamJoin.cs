namespace KafkaFunctions.Reference.Specifications;

/// <summary>A stream-stream join: a left record at ts and the right ones in [ts - before, ts + after].</summary>
public sealed record StreamJoin(JoinKind Join, long Before, long After, long Grace) : Specification
{
    public const string Name = "stream-join";

    public override string Kind => Name;

    public override bool HasTwoSides => true;

    public override IEnumerable<(string Name, object Value)> Settings => [("join", Join), ("before", Before), ("after", After), ("grace", Grace)];
}
