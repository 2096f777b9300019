namespace KafkaFunctions.Streams.Joins;

/// <summary>Which sides of a join need no match.</summary>
internal enum JoinKind
{
    /// <summary>None.</summary>
    Inner,

    /// <summary>The left one.</summary>
    Left,

    /// <summary>Both.</summary>
    Outer,
}
