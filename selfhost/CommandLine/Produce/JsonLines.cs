using System.Text;
using System.Text.Json;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.SelfHost.CommandLine.Produce;

/// <summary>A line is a JSON document, published as it stands; its key is one of its fields. Blank lines hold no record.</summary>
/// <param name="keyField">Name of the top-level field that is the key; null: records have no key.</param>
internal sealed class JsonLines(string? keyField) : ILineFormat
{
    private readonly byte[]? _keyField = keyField is null ? null : Encoding.UTF8.GetBytes(keyField);

    public string? TryRead(ReadOnlySpan<byte> line, RecordHeader[] headers, out OutputRecord? record)
    {
        record = null;
        if (line.Trim(" \t\r"u8).IsEmpty)
        {
            return null;
        }

        try
        {
            var problem = ReadKey(line, out var key);
            record = problem is null ? new OutputRecord(key, line.ToArray()) { Headers = headers } : null;
            return problem;
        }
        catch (JsonException invalid)
        {
            return $"it is not valid JSON (at byte {invalid.BytePositionInLine + 1})";
        }
    }

    /// <summary>Reads the whole document: what follows the key must be valid as well.</summary>
    private string? ReadKey(ReadOnlySpan<byte> line, out byte[]? key)
    {
        key = null;
        var problem = _keyField is null ? null : $"it has no field '{keyField}'";
        var json = new Utf8JsonReader(line);
        json.Read();
        if (_keyField is not null && json.TokenType != JsonTokenType.StartObject)
        {
            problem = $"it is no JSON object with a field '{keyField}'";
        }

        while (json.Read())
        {
            if (_keyField is null || json.CurrentDepth != 1 || json.TokenType != JsonTokenType.PropertyName || !json.ValueTextEquals(_keyField))
            {
                continue;
            }

            json.Read();
            key = KeyOf(json);
            problem = key is null ? $"its field '{keyField}' is neither text nor a number nor true or false" : null;
        }

        return problem;
    }

    private static byte[]? KeyOf(Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => Encoding.UTF8.GetBytes(json.GetString()!),
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => json.ValueSpan.ToArray(),
        _ => null,
    };
}
