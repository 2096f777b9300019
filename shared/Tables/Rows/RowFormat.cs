using System.Globalization;
using Azure.Data.Tables;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Tables;

/// <summary>Rows as entities: F the format, L the value's length, V0, V1 ... its bytes, all but the last property full. A stored
/// format: what is written here is read by every later version.</summary>
internal static class RowFormat
{
    public const int Version = 1;

    private const string FormatProperty = "F";
    private const string LengthProperty = "L";
    private const int MaxParts = (StateLimits.MaxValueBytes + TableLimits.MaxPropertyBytes - 1) / TableLimits.MaxPropertyBytes;

    private static readonly string[] PartProperties = [.. Enumerable.Range(0, MaxParts).Select(PartProperty)];

    public static TableEntity Encode(string partition, StateKey key, byte[] value)
    {
        var entity = new TableEntity(partition, RowKeyCodec.Encode(key)) { [FormatProperty] = Version, [LengthProperty] = value.Length };
        for (var (part, from) = (0, 0); from < value.Length; part++, from += TableLimits.MaxPropertyBytes)
        {
            entity[PartProperties[part]] = value.Length <= TableLimits.MaxPropertyBytes
                ? value
                : value[from..Math.Min(from + TableLimits.MaxPropertyBytes, value.Length)];
        }

        return entity;
    }

    /// <exception cref="FormatException">The entity is damaged, of a newer format, or no row; the message is a sentence that says
    /// which and what to do.</exception>
    public static StateRow Decode(StateKey key, TableEntity entity)
    {
        CheckVersion(entity);
        if (!entity.TryGetValue(LengthProperty, out var stored) || stored is not int length || length is < 0 or > StateLimits.MaxValueBytes)
        {
            throw Damaged($"{LengthProperty} is no length");
        }

        if (entity.ETag == default)
        {
            throw Damaged("it came without ETag");
        }

        return new StateRow(key, ReadParts(entity, length), entity.ETag.ToString());
    }

    private static void CheckVersion(TableEntity entity)
    {
        if (!entity.TryGetValue(FormatProperty, out var stored) || stored is not int version || version < 1)
        {
            throw Damaged($"{FormatProperty} is no format's number; it may not be a row of this store");
        }

        if (version > Version)
        {
            throw new FormatException($"it has format {version.ToString(CultureInfo.InvariantCulture)}, and this version reads up to {Version}. Run the version that wrote it, or a later one.");
        }
    }

    private static byte[] ReadParts(TableEntity entity, int length)
    {
        var parts = (length + TableLimits.MaxPropertyBytes - 1) / TableLimits.MaxPropertyBytes;
        if (entity.ContainsKey(PartProperty(parts)))
        {
            throw Damaged($"{PartProperty(parts)} is beyond its length");
        }

        var value = parts == 1 ? [] : new byte[length];
        for (var part = 0; part < parts; part++)
        {
            var from = part * TableLimits.MaxPropertyBytes;
            if (!entity.TryGetValue(PartProperties[part], out var stored) || Bytes(stored) is not { } bytes
                || bytes.Length != Math.Min(length - from, TableLimits.MaxPropertyBytes))
            {
                throw Damaged($"{PartProperties[part]} is missing or has another length");
            }

            if (parts == 1)
            {
                return bytes;
            }

            bytes.CopyTo(value, from);
        }

        return value;
    }

    private static byte[]? Bytes(object? stored) => stored switch
    {
        byte[] bytes => bytes,
        BinaryData data => data.ToArray(),
        _ => null,
    };

    private static string PartProperty(int part) => "V" + part.ToString(CultureInfo.InvariantCulture);

    private static FormatException Damaged(string what) =>
        new($"it is damaged or was written by another program ({what}). Restore or delete it; it is not overwritten.");
}
