namespace KafkaFunctions.Reference.Specifications;

/// <summary>A stream (left) joined with a table (right); a versioned one is looked up as of the record's time.</summary>
public sealed record StreamTableJoin(JoinKind Join, bool Versioned, long History) : Specification
{
    public const string Name = "stream-table-join";

    public override string Kind => Name;

    public override bool HasTwoSides => true;

    public override IEnumerable<(string Name, object Value)> Settings => [("join", Join), ("versioned", Versioned), ("history", History)];
}
