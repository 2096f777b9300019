using System.Text;
using System.Text.Json;

namespace KafkaFunctions.App.Ingest;

/// <summary>The field of a JSON record that is its key.</summary>
internal sealed class KeyField
{
    private const char Separator = '.';

    private readonly string _path;
    private readonly byte[][] _names;

    private KeyField(string path)
    {
        _path = path;
        _names = Array.ConvertAll(path.Split(Separator), Encoding.UTF8.GetBytes);
    }

    /// <summary>The field of a path such as <c>user.id</c>; null where the path is none.</summary>
    public static KeyField? Parse(string path) =>
        Array.TrueForAll(path.Split(Separator), name => name.Length > 0) ? new KeyField(path) : null;

    /// <summary>Reads the key: a string's text, a number or a boolean as it is written. Of fields that repeat the last counts,
    /// as with most readers of JSON.</summary>
    /// <param name="json">One valid document in valid UTF-8.</param>
    /// <param name="key">The key; empty where there is none.</param>
    /// <returns>Why there is no key; null where there is one.</returns>
    public string? Read(ReadOnlySpan<byte> json, out byte[] key)
    {
        key = [];
        var reader = new Utf8JsonReader(json, RecordBodyReader.JsonOptions);
        reader.Read();
        foreach (var name in _names)
        {
            if (!TryEnter(ref reader, name))
            {
                return $"the key field '{_path}' is missing";
            }
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return ReadText(ref reader, out key);
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                key = reader.ValueSpan.ToArray();
                return null;
            case JsonTokenType.Null:
                return $"the key field '{_path}' is null";
            default:
                return $"the key field '{_path}' is neither a string nor a number nor a boolean";
        }
    }

    private static bool TryEnter(ref Utf8JsonReader reader, byte[] name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var found = false;
        var match = reader;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var matches = IsNamed(ref reader, name);
            reader.Read();
            if (matches)
            {
                found = true;
                match = reader;
            }

            reader.Skip();
        }

        reader = match;
        return found;
    }

    private static bool IsNamed(ref Utf8JsonReader reader, byte[] name)
    {
        try
        {
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            // Escapes of half a surrogate pair: valid JSON, but no text and thus no name to ask for.
            return false;
        }
    }

    private string? ReadText(ref Utf8JsonReader reader, out byte[] key)
    {
        key = reader.ValueSpan.ToArray();
        if (!reader.ValueIsEscaped)
        {
            return null;
        }

        try
        {
            key = key[..reader.CopyString(key)];
            return null;
        }
        catch (InvalidOperationException)
        {
            return $"the key field '{_path}' has an escape of half a surrogate pair, which is no text";
        }
    }
}
