using System.Text;

namespace KafkaFunctions.Streams.Serialization;

internal sealed class Utf8Serde : ISerde<string?>, IPayloadFormat
{
    public PayloadFormat Format => PayloadFormat.Text;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string? Deserialize(byte[]? bytes)
    {
        try
        {
            return bytes is null ? null : Strict.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new SerializationException(
                $"The bytes are not valid UTF-8: position {exception.Index + 1}.",
                column: exception.Index + 1,
                innerException: exception);
        }
    }

    public byte[]? Serialize(string? value)
    {
        try
        {
            return value is null ? null : Strict.GetBytes(value);
        }
        catch (EncoderFallbackException exception)
        {
            throw new SerializationException(
                $"The text has half a surrogate pair, which UTF-8 cannot hold: character {exception.Index + 1}.",
                innerException: exception);
        }
    }
}
