namespace KafkaFunctions.Reference.Specifications;

/// <summary>Which records a join emits without a partner.</summary>
public enum JoinKind
{
    /// <summary>None.</summary>
    Inner,

    /// <summary>The left side's.</summary>
    Left,

    /// <summary>Both sides'.</summary>
    Outer,
}
