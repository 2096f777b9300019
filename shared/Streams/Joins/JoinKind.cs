namespace KafkaFunctions.Streams.Joins;

/// <summary>Which records a join emits without a partner.</summary>
public enum JoinKind
{
    /// <summary>None.</summary>
    Inner,

    /// <summary>Those of the left side.</summary>
    Left,

    /// <summary>Those of both sides.</summary>
    Outer,
}
