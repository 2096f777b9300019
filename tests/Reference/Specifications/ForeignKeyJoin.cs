namespace KafkaFunctions.Reference.Specifications;

/// <summary>A table-table join where a left value names the right key (<see cref="ForeignKeyOf"/>).</summary>
public sealed record ForeignKeyJoin(JoinKind Join) : Specification
{
    public const string Name = "foreign-key-join";

    public override string Kind => Name;

    public override bool HasTwoSides => true;

    public override IEnumerable<(string Name, object Value)> Settings => [("join", Join)];

    /// <summary>The right key that a left value names: a, b, c, or none.</summary>
    public static string? ForeignKeyOf(long value) => (value % 4) switch
    {
        0 => "a",
        1 => "b",
        2 => "c",
        _ => null,
    };
}
