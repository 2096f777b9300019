namespace KafkaFunctions.Streams.Serialization;

/// <summary>A serde that says what its bytes are. The bytes of a serde that does not are <see cref="PayloadFormat.Bytes"/>.</summary>
public interface IPayloadFormat
{
    /// <summary>What the bytes are.</summary>
    PayloadFormat Format { get; }

    /// <summary>What the bytes of a serde are.</summary>
    /// <param name="serde">Any serde.</param>
    static PayloadFormat Of(object? serde) => serde is IPayloadFormat known ? known.Format : PayloadFormat.Bytes;
}
