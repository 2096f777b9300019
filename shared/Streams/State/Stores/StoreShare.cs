namespace KafkaFunctions.Streams.State.Stores;

/// <summary>A function's part in a store that several functions write. Immutable.</summary>
/// <param name="Functions">The functions; each gives them in the same order.</param>
/// <param name="Index">Index of the function.</param>
internal sealed record StoreShare(IReadOnlyList<string> Functions, int Index)
{
    /// <summary>The parts of two functions.</summary>
    /// <exception cref="ArgumentException">Both have one name.</exception>
    public static (StoreShare First, StoreShare Second) OfTwo(string store, string first, string second)
    {
        ArgumentException.ThrowIfNullOrEmpty(first);
        ArgumentException.ThrowIfNullOrEmpty(second);
        if (first == second)
        {
            throw new ArgumentException($"Both sides of the join in store '{store}' are function {first}. A function reads one topic: give each side a function of its own.", nameof(second));
        }

        string[] functions = [first, second];
        return (new StoreShare(functions, 0), new StoreShare(functions, 1));
    }

    public string Function => Functions[Index];

    /// <summary>The name under which rows know a topic of the function: two functions that read the same topic count its offsets each
    /// for itself. A topic's name has no '/'.</summary>
    public string SourceOf(string topic) => Index == 0 ? topic : FormattableString.Invariant($"{topic}/{Index + 1}");
}
