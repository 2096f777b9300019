using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Accounting;

/// <summary>What has to stand in one output topic.</summary>
internal abstract class OutputRule
{
    /// <summary>The output topic.</summary>
    public abstract string Topic { get; }

    /// <summary>Functions that a record passes on its way, the first reads the input topic.</summary>
    public abstract IReadOnlyList<string> Functions { get; }

    /// <summary>Whether an input record has an output here.</summary>
    public abstract bool Expects(in InputEntry input);

    /// <summary>Fingerprint of the output's key; default: the input's.</summary>
    public virtual ulong KeyOf(in InputEntry input) => input.Key;

    /// <summary>Timestamp of the output.</summary>
    public abstract long TimestampOf(in InputEntry input);

    /// <summary>What is wrong with the value; null where it is right.</summary>
    public abstract string? FindFault(in InputEntry input, int partition, long offset, in InputRecord output);
}
