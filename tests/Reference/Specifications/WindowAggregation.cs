namespace KafkaFunctions.Reference.Specifications;

/// <summary>An aggregation over windows.</summary>
/// <param name="Results">When it emits.</param>
public abstract record WindowAggregation(ResultMode Results) : Specification
{
    /// <summary>Any number of results are held.</summary>
    public const int AnyNumber = int.MaxValue;

    /// <summary>How long results are held; where there is a limit.</summary>
    public long Limit { get; init; }

    /// <summary>How many are held at most; where there is a limit.</summary>
    public int MaxRows { get; init; } = AnyNumber;

    /// <summary>The settings of results that are held, if they are.</summary>
    protected IEnumerable<(string Name, object Value)> HeldSettings => Results == ResultMode.Limited ? [("limit", Limit), ("rows", MaxRows)] : [];
}
