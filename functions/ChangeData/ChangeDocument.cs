using System.Text.Json;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.App.ChangeData;

/// <summary>A record's key or value as JSON, taken out of Kafka Connect's wrapper where it has one.</summary>
/// <param name="Data">The data itself.</param>
/// <param name="Fields">Its fields, where it is an object.</param>
/// <param name="Path">Where it stands, as a JSON path.</param>
internal readonly record struct ChangeDocument(ChangePart Data, ChangeFields Fields, string Path)
{
    /// <summary>Path of the data in Kafka Connect's wrapper.</summary>
    public const string PayloadPath = "$.payload";

    /// <summary>Reads bytes, all of which must be one JSON document.</summary>
    /// <exception cref="SerializationException">They are not.</exception>
    public static ChangeDocument Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Unwrap(bytes, Of(bytes, Whole(bytes), JsonText.Root));
        }
        catch (JsonException exception)
        {
            var offset = JsonText.Offset(bytes, exception.LineNumber ?? 0, exception.BytePositionInLine ?? 0);
            throw JsonText.Error(bytes, offset, "no JSON document, or more than one", exception);
        }
        catch (InvalidOperationException exception)
        {
            // So the reader says that an escaped name has half a surrogate pair.
            throw JsonText.Error(bytes, 0, "a field's name is no valid text", exception);
        }
    }

    private static ChangeDocument Unwrap(ReadOnlySpan<byte> bytes, ChangeDocument document) =>
        document.Fields.IsWrapper ? Of(bytes, document.Fields.Payload, PayloadPath) : document;

    private static ChangeDocument Of(ReadOnlySpan<byte> bytes, ChangePart data, string path) =>
        new(data, data.Type == JsonTokenType.StartObject ? ChangeFields.Read(bytes, data) : default, path);

    private static ChangePart Whole(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        var whole = (Start: (int)reader.TokenStartIndex, Type: reader.TokenType);
        reader.Skip();
        var end = (int)reader.BytesConsumed;

        // Throws where something follows.
        reader.Read();
        return new ChangePart(whole.Start, end, whole.Type);
    }
}
