namespace KafkaFunctions.Streams.State.Rows;

/// <summary>A state row (design rule 3): its value, and what makes it safe to apply and publish again. Immutable.</summary>
/// <param name="Value">The value's bytes; null where the key has none (any more).</param>
/// <param name="Timestamp">The value's event time.</param>
/// <param name="Version">Grows with every change of the value.</param>
/// <param name="Applied">The highest offset applied, by source partition.</param>
/// <param name="Pending">What is to be published for records whose batch may not be done.</param>
internal sealed record RowState(byte[]? Value, long Timestamp, long Version, AppliedOffset[] Applied, PendingEntry[] Pending)
{
    /// <summary>An offset before every other.</summary>
    public const long NothingApplied = -1;

    /// <summary>Pages of the row's windows that are known to be as the row says; null where it has none.</summary>
    public IReadOnlyDictionary<long, byte[]>? Pages { get; init; }

    public static RowState Empty { get; } = new(null, Records.InputRecord.NoTimestamp, 0, [], []);

    public long AppliedTo(in SourcePartition source)
    {
        foreach (var applied in Applied)
        {
            if (applied.Source == source)
            {
                return applied.Offset;
            }
        }

        return NothingApplied;
    }
}
