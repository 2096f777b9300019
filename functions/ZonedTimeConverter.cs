using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KafkaFunctions.App;

/// <summary>A time as ISO 8601 writes it, with its offset from UTC: without one it would mean another moment on each machine.</summary>
internal sealed class ZonedTimeConverter : JsonConverter<DateTimeOffset>
{
    private const int OffsetLength = 6;

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && HasOffset(TextOf(in reader)) && reader.TryGetDateTimeOffset(out var time) && time >= DateTimeOffset.UnixEpoch
            ? time
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    /// <summary>Without escapes: writers that have HTML in mind make <c>\u002B</c> of the '+'.</summary>
    private static ReadOnlySpan<byte> TextOf(in Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;

    private static bool HasOffset(ReadOnlySpan<byte> text) =>
        text is [.., (byte)'Z'] || (text.Length > OffsetLength && text[^OffsetLength] is (byte)'+' or (byte)'-');
}
