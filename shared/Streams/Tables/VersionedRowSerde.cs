using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Tables;

/// <summary>Versions as bytes. A stored format.</summary>
/// <remarks>Format 1: how many, then time and value of each.</remarks>
internal sealed class VersionedRowSerde : ISerde<VersionedRow>
{
    private const byte Format = 1;
    private const int RoomBesideValue = 12;

    public static VersionedRowSerde Instance { get; } = new();

    public byte[]? Serialize(VersionedRow? value)
    {
        if (value is null)
        {
            return null;
        }

        var writer = new RowWriter(value.Versions.Sum(version => (version.Value?.Length ?? 0) + RoomBesideValue));
        writer.Byte(Format);
        writer.Number(value.Versions.Count);
        foreach (var version in value.Versions)
        {
            writer.Signed(version.Timestamp);
            writer.Bytes(version.Value);
        }

        return writer.ToArray();
    }

    public VersionedRow Deserialize(byte[]? bytes)
    {
        var reader = new RowReader(bytes);
        reader.Format(Format);
        var count = reader.Count();
        var versions = new List<TableVersion>(count);
        for (var i = 0; i < count; i++)
        {
            versions.Add(new TableVersion(reader.Signed(), reader.Bytes()));
        }

        reader.End();
        return versions.Count > 0 ? new VersionedRow(versions) : throw RowReader.Damaged("it has no versions");
    }

    /// <exception cref="StateCorruptException">The value is none of a versioned table.</exception>
    public static VersionedRow Read(IStateStore store, StateBucket bucket, StateKey key, byte[] value)
    {
        try
        {
            return Instance.Deserialize(value);
        }
        catch (InvalidDataException wrong)
        {
            throw new StateCorruptException(store.Name, bucket, key, wrong.Message, wrong);
        }
    }
}
