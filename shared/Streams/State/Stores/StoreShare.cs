namespace KafkaFunctions.Streams.State.Stores;

/// <summary>A function's part in a store that several functions write. Immutable.</summary>
/// <param name="Functions">The functions; each gives them in the same order.</param>
/// <param name="Index">Index of the function.</param>
internal sealed record StoreShare(IReadOnlyList<string> Functions, int Index)
{
    public string Function => Functions[Index];

    /// <summary>The name under which rows know a topic of the function: two functions that read the same topic count its offsets each
    /// for itself. A topic's name has no '/'.</summary>
    public string SourceOf(string topic) => Index == 0 ? topic : FormattableString.Invariant($"{topic}/{Index + 1}");
}
