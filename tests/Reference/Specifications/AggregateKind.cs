namespace KafkaFunctions.Reference.Specifications;

/// <summary>What an aggregation computes.</summary>
public enum AggregateKind
{
    /// <summary>The number of records.</summary>
    Count,

    /// <summary>A reduce that adds values; of a table it subtracts old ones.</summary>
    Sum,

    /// <summary>An aggregate whose value tells in which order values went in (<see cref="Aggregation"/>).</summary>
    Mix,
}
