namespace KafkaFunctions.Streams.Joins.TableJoins;

/// <summary>What both sides of a table-table join have for a key. Immutable.</summary>
internal readonly record struct JoinRow(JoinSide Left, JoinSide Right)
{
    public static JoinRow Empty { get; } = new(JoinSide.None, JoinSide.None);

    public bool IsEmpty => !Left.Exists && !Right.Exists;

    public JoinRow With(bool isLeft, JoinSide side) => isLeft ? this with { Left = side } : this with { Right = side };
}
