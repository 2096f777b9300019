namespace KafkaFunctions.Streams.Brokers;

/// <summary>Which records of a topic to read, outside of any consumer group.</summary>
/// <param name="Topic">The topic.</param>
public sealed record ReadRequest(string Topic)
{
    /// <summary>Only this partition; null (default) for all.</summary>
    public int? Partition { get; init; }

    /// <summary>From the oldest record kept; default false: only records that arrive from now on.</summary>
    public bool FromBeginning { get; init; }

    /// <summary>Waits for further records at the end of the topic until cancelled; default true. False: stops at the offsets
    /// that were the partitions' ends when the read began.</summary>
    public bool Follow { get; init; } = true;
}
