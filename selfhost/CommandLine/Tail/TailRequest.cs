namespace KafkaFunctions.SelfHost.CommandLine.Tail;

/// <summary>Which records to print, and how.</summary>
/// <param name="Topic">The topic.</param>
internal sealed record TailRequest(string Topic)
{
    /// <summary>Only this partition; null: all.</summary>
    public int? Partition { get; init; }

    /// <summary>From the oldest record kept; false: only what arrives from now on.</summary>
    public bool FromBeginning { get; init; }

    /// <summary>Wait for further records at the end of the topic.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>End after so many records; null: no end.</summary>
    public long? Count { get; init; }

    /// <summary>One JSON document per line.</summary>
    public bool AsJson { get; init; }
}
