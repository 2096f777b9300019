using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.App.ChangeData;

/// <summary>Keys of a change log whose table has one whole number, <c>id</c>, as its primary key: the number as text. Reads the
/// key's row, with Kafka Connect's schema around it or without, and the bare number. Null for a record that is of no row: one
/// without key, or a message in the log. Writes the bare number.</summary>
internal sealed class ChangeKeySerde : ISerde<string?>, IPayloadFormat
{
    /// <summary>The one instance; safe for concurrent use.</summary>
    public static ChangeKeySerde Instance { get; } = new();

    /// <inheritdoc/>
    public PayloadFormat Format => PayloadFormat.Text;

    /// <inheritdoc/>
    public string? Deserialize(byte[]? bytes)
    {
        if (bytes is null)
        {
            return null;
        }

        var key = ChangeDocument.Read(bytes);
        return key switch
        {
            { Data.Type: JsonTokenType.Null } => null,
            { Fields: { Count: 1, Id.Exists: true } } => Id(bytes, key.Fields.Id, key.Path + ".id"),
            { Fields: { Count: 1, Prefix.Type: JsonTokenType.String } } => null,
            { Data.Type: JsonTokenType.StartObject } => throw JsonText.Error(bytes, key.Data.Start, $"expected 'id' and nothing else at {key.Path}"),
            _ => Id(bytes, key.Data, key.Path),
        };
    }

    /// <inheritdoc/>
    public byte[]? Serialize(string? value) => Serdes.Utf8.Serialize(value);

    private static string Id(ReadOnlySpan<byte> bytes, ChangePart id, string path)
    {
        var text = bytes[id.Range];
        if (id.Type == JsonTokenType.String)
        {
            text = text[1..^1];
        }

        return Utf8Parser.TryParse(text, out long number, out var length) && length == text.Length
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw JsonText.Error(bytes, id.Start, $"expected a whole number at {path}");
    }
}
