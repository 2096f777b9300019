using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KafkaFunctions.Streams.Serialization;

internal sealed class JsonSerde<T>(JsonTypeInfo<T> typeInfo) : ISerde<T?>, IPayloadFormat
{
    public PayloadFormat Format => PayloadFormat.Json;

    private const string PlaceMark = " Path: $";

    private static readonly bool AllowsNull = default(T) is null;

    public T? Deserialize(byte[]? bytes)
    {
        if (bytes is null)
        {
            return AllowsNull
                ? default
                : throw new SerializationException($"{typeof(T).Name} is never null, and the record has none.");
        }

        try
        {
            return JsonSerializer.Deserialize(bytes, typeInfo);
        }
        catch (JsonException exception)
        {
            // The parser counts from 0.
            var line = exception.LineNumber + 1;
            var column = exception.BytePositionInLine + 1;
            throw new SerializationException(
                $"The bytes are not a {typeof(T).Name} as JSON: line {line}, column {column}, at {exception.Path ?? "$"}: {ReasonOf(exception)}",
                line,
                column,
                exception);
        }
    }

    /// <summary>What the parser says, without the place that follows.</summary>
    private static string ReasonOf(JsonException exception)
    {
        var end = exception.Message.IndexOf(PlaceMark, StringComparison.Ordinal);
        return end < 0 ? exception.Message : exception.Message[..end];
    }

    public byte[]? Serialize(T? value) => value is null ? null : JsonSerializer.SerializeToUtf8Bytes(value, typeInfo);
}
