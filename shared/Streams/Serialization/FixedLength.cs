namespace KafkaFunctions.Streams.Serialization;

internal static class FixedLength
{
    public static SerializationException Mismatch(string type, int expected, byte[]? bytes) => new(bytes is null
        ? $"{type} is never null, and the record has none. Use Serdes.Nullable(Serdes.{type}) where it may be missing."
        : $"{type} has {expected} bytes, and the record has {bytes.Length}.");
}
