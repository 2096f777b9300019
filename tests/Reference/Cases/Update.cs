namespace KafkaFunctions.Reference.Cases;

/// <summary>What came out, or what a store holds.</summary>
/// <param name="Key">The key.</param>
/// <param name="Start">Start of the key's window, if it has one.</param>
/// <param name="End">End of the window; inclusive for sliding windows and sessions.</param>
/// <param name="Value">The number, or a join's two values with a bar between; null is a tombstone.</param>
/// <param name="Timestamp">Its time.</param>
public sealed record Update(string? Key, long? Start, long? End, string? Value, long Timestamp)
{
    public override string ToString() => Start is null
        ? FormattableString.Invariant($"{Key ?? CaseText.Null}={Value ?? CaseText.Null}@{Timestamp}")
        : FormattableString.Invariant($"{Key ?? CaseText.Null}[{Start},{End}]={Value ?? CaseText.Null}@{Timestamp}");
}
