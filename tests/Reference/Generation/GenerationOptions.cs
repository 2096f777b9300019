namespace KafkaFunctions.Reference.Generation;

/// <summary>What generated cases may hold.</summary>
public sealed record GenerationOptions
{
    /// <summary>The most records of a case; 40 by default.</summary>
    public int MaxRecords { get; init; } = 40;

    /// <summary>Partitions of the input; 1 by default. A key stays in one.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>Whether timestamps may be negative; not by default.</summary>
    public bool HasNegativeTimestamps { get; init; }

    /// <summary>Whether timestamps may reach the end of the range, where windows end at it; not by default: Kafka Streams takes none.</summary>
    public bool HasExtremeTimestamps { get; init; }
}
