using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.App;

/// <summary>Reads a value that stands in a record's JSON. What is wrong is told with its place in the whole record.</summary>
internal static class JsonText
{
    /// <summary>The path of a record's JSON itself.</summary>
    public const string Root = "$";

    /// <summary>Reads a value.</summary>
    /// <param name="document">All bytes of the record's key or value.</param>
    /// <param name="part">The bytes of the value in them.</param>
    /// <param name="path">Where the value stands, as a JSON path.</param>
    /// <param name="typeInfo">The contract of its type.</param>
    /// <exception cref="SerializationException">The bytes are not such a value.</exception>
    public static T Read<T>(ReadOnlySpan<byte> document, Range part, string path, JsonTypeInfo<T> typeInfo)
        where T : class
    {
        var json = document[part];
        var start = part.Start.GetOffset(document.Length);
        try
        {
            return JsonSerializer.Deserialize(json, typeInfo) ?? throw Error(document, start, $"expected a {typeof(T).Name} at {path}, and there is null");
        }
        catch (JsonException exception)
        {
            var at = Offset(json, exception.LineNumber ?? 0, exception.BytePositionInLine ?? 0);
            throw MissingField(json, typeInfo) is { } field
                ? Error(document, start, $"'{field}' is missing at {path}", exception)
                : Error(document, start + at, $"expected a {typeof(T).Name}; wrong at {path}{exception.Path?[Root.Length..]}", exception);
        }
    }

    /// <summary>Reads a record's whole value.</summary>
    /// <exception cref="SerializationException">The bytes are not such a value, or there are none.</exception>
    public static T Read<T>(byte[]? bytes, JsonTypeInfo<T> typeInfo)
        where T : class => bytes is null
        ? throw new SerializationException($"The record has no {typeof(T).Name}: it is null, and one is required.")
        : Read(bytes, Range.All, Root, typeInfo);

    /// <summary>An error that tells where it is.</summary>
    /// <param name="document">All bytes of the record's key or value.</param>
    /// <param name="offset">Where the error is, in bytes from 0.</param>
    /// <param name="what">What is wrong.</param>
    /// <param name="innerException">The parser's own error.</param>
    public static SerializationException Error(ReadOnlySpan<byte> document, int offset, string what, Exception? innerException = null)
    {
        var before = document[..Math.Clamp(offset, 0, document.Length)];
        var line = before.Count((byte)'\n') + 1;
        var column = before.Length - (before.LastIndexOf((byte)'\n') + 1) + 1;
        return new SerializationException($"Line {line}, column {column}: {what}.", line, column, innerException);
    }

    /// <summary>The offset of what a <see cref="JsonException"/> calls a line and a byte in it, both from 0.</summary>
    public static int Offset(ReadOnlySpan<byte> json, long line, long byteInLine)
    {
        var start = 0;
        for (; line > 0; line--)
        {
            start += json[start..].IndexOf((byte)'\n') + 1;
        }

        return (int)Math.Min(start + byteInLine, json.Length);
    }

    /// <summary>The first required field that an object does not have; null where the object is no object, or lacks none.</summary>
    private static string? MissingField(ReadOnlySpan<byte> json, JsonTypeInfo typeInfo)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement is not { ValueKind: JsonValueKind.Object } row
                ? null
                : typeInfo.Properties.FirstOrDefault(property => property.IsRequired && !row.TryGetProperty(property.Name, out _))?.Name;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
