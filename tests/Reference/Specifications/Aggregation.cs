namespace KafkaFunctions.Reference.Specifications;

/// <summary>The functions behind an <see cref="AggregateKind"/>, for every runner alike. Overflow wraps around, as in Java.</summary>
public static class Aggregation
{
    private const long MixStart = 17;
    private const long NullInMix = 7;

    /// <summary>The initializer's value.</summary>
    public static long Start(AggregateKind kind) => kind == AggregateKind.Mix ? MixStart : 0;

    /// <summary>The aggregate with one more value.</summary>
    public static long Add(AggregateKind kind, long before, long? value) => kind switch
    {
        AggregateKind.Count => before + 1,
        AggregateKind.Sum => unchecked(before + (value ?? 0)),
        _ => unchecked((before * 31) + (value ?? NullInMix)),
    };

    /// <summary>The aggregate of a table's group without a value.</summary>
    public static long Subtract(AggregateKind kind, long before, long value) => kind switch
    {
        AggregateKind.Count => before - 1,
        AggregateKind.Sum => unchecked(before - value),
        _ => unchecked((before * 37) - value),
    };

    /// <summary>The aggregate of two sessions, the earlier one first.</summary>
    public static long Merge(AggregateKind kind, long first, long second) =>
        kind == AggregateKind.Mix ? unchecked((first * 1_000_003) + second) : unchecked(first + second);
}
