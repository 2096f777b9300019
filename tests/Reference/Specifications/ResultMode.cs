namespace KafkaFunctions.Reference.Specifications;

/// <summary>When a windowed aggregation emits.</summary>
public enum ResultMode
{
    /// <summary>On every update.</summary>
    Updates,

    /// <summary>Each window once, when it closes.</summary>
    Final,

    /// <summary>Updates that are suppressed until the window closes; the same results as <see cref="Final"/>.</summary>
    Suppressed,

    /// <summary>Updates that are held until a time limit, or until there are too many of them.</summary>
    Limited,
}
