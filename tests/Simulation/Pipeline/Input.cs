using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>A record from outside.</summary>
/// <param name="Topic">Where it goes.</param>
/// <param name="Key">Its key; null for none: it then goes to any partition.</param>
/// <param name="Value">Its value; null for a deletion, or bytes that nobody can read.</param>
/// <param name="Timestamp">Its event time.</param>
internal sealed record Input(string Topic, long? Key, long? Value, long Timestamp)
{
    /// <summary>Whether its topic is a table's, where no value deletes.</summary>
    public bool IsTable { get; init; }

    /// <summary>No value: a deletion in a table's topic, and elsewhere bytes that nobody can read.</summary>
    public byte[]? Bytes => Value is { } value ? Serdes.Int64.Serialize(value) : IsTable ? null : [0];
}
