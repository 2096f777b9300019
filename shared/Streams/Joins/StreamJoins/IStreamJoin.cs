namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>What deleting the rows of a join of streams needs of its operator.</summary>
internal interface IStreamJoin
{
    JoinWindows Windows { get; }
}
