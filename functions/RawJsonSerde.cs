using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.App;

/// <summary>Reads of a record's JSON what a function looks at, and writes it as it arrived. Safe for concurrent use.</summary>
/// <param name="facts">Reads what the function looks at.</param>
internal sealed class RawJsonSerde<TFacts>(IDeserializer<TFacts> facts) : ISerde<RawJson<TFacts>>
{
    /// <inheritdoc/>
    public RawJson<TFacts> Deserialize(byte[]? bytes) => new(bytes, facts.Deserialize(bytes));

    /// <inheritdoc/>
    public byte[]? Serialize(RawJson<TFacts> value) => value.Json;
}
