namespace KafkaFunctions.Reference.Specifications;

/// <summary>What a case runs: an operator with its settings. Durations are milliseconds.</summary>
public abstract record Specification
{
    /// <summary>Name of the kind in a case's text.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether there are records of a right side.</summary>
    public virtual bool HasTwoSides => false;

    /// <summary>The settings by their names in a case's text.</summary>
    public abstract IEnumerable<(string Name, object Value)> Settings { get; }
}
