namespace KafkaFunctions.Streams.Records;

/// <summary>Where an output came from: the source record's coordinates and the output's index among that record's outputs.
/// Enough to give the output the same identity on every redelivery (invariant I3).</summary>
/// <param name="Partition">Partition of the source record.</param>
/// <param name="Offset">Offset of the source record.</param>
/// <param name="Index">0 for the record's first output, 1 for its second …</param>
/// <param name="Upstream">Identity header of the source record as it arrived; null where it has none.</param>
public readonly record struct RecordOrigin(int Partition, long Offset, int Index, byte[]? Upstream)
{
    /// <summary>The function that a result is called by which no single record triggered (design rule 6), whoever publishes it: the
    /// partition is the number of a state bucket then, and the offset that of a row of its outbox. Null for all other outputs.</summary>
    public string? ResultOf { get; init; }
}
