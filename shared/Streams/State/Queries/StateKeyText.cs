using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.State.Queries;

/// <summary>Keys of a store as people write them: numbers as decimals, everything else as UTF-8 text.</summary>
public static class StateKeyText
{
    /// <summary>Reads a key.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="format">What the store's keys are.</param>
    /// <param name="key">The key's bytes.</param>
    /// <param name="problem">What is wrong with the text, as a sentence.</param>
    /// <returns>False where the text is no key of the format.</returns>
    public static bool TryParse(string text, PayloadFormat format, [NotNullWhen(true)] out byte[]? key, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        key = null;
        switch (format)
        {
            case PayloadFormat.Int32 when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                key = new byte[sizeof(int)];
                BinaryPrimitives.WriteInt32BigEndian(key, number);
                break;
            case PayloadFormat.Int64 when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                key = new byte[sizeof(long)];
                BinaryPrimitives.WriteInt64BigEndian(key, number);
                break;
            case PayloadFormat.Int32 or PayloadFormat.Int64:
                problem = $"'{text}' is no key of this store: its keys are whole numbers.";
                return false;
            default:
                key = Encoding.UTF8.GetBytes(text);
                break;
        }

        problem = null;
        return true;
    }

    /// <summary>Writes a key.</summary>
    /// <param name="key">The key's bytes.</param>
    /// <param name="format">What the store's keys are.</param>
    /// <returns>What <see cref="TryParse"/> reads; null where the bytes are not of the format, or not UTF-8 text.</returns>
    public static string? Write(byte[] key, PayloadFormat format)
    {
        ArgumentNullException.ThrowIfNull(key);
        return (format, key.Length) switch
        {
            (PayloadFormat.Int32, sizeof(int)) => BinaryPrimitives.ReadInt32BigEndian(key).ToString(CultureInfo.InvariantCulture),
            (PayloadFormat.Int64, sizeof(long)) => BinaryPrimitives.ReadInt64BigEndian(key).ToString(CultureInfo.InvariantCulture),
            (PayloadFormat.Int32 or PayloadFormat.Int64, _) => null,
            _ => Utf8.IsValid(key) ? Encoding.UTF8.GetString(key) : null,
        };
    }
}
