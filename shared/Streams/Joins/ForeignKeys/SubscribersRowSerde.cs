using KafkaFunctions.Streams.Joins.TableJoins;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Joins.ForeignKeys;

/// <summary>Rows of right keys as bytes. A stored format.</summary>
/// <remarks>Format 1: right value and time, then how many left keys, and they.</remarks>
internal sealed class SubscribersRowSerde : ISerde<SubscribersRow>
{
    private const byte Format = 1;
    private const int RoomBesideValue = 32;

    public static SubscribersRowSerde Instance { get; } = new();

    public byte[]? Serialize(SubscribersRow? value)
    {
        if (value is null)
        {
            return null;
        }

        var writer = new RowWriter((value.Right.Value?.Length ?? 0) + RoomBesideValue + value.KeyBytes);
        writer.Byte(Format);
        JoinRowSerde.Write(writer, value.Right);
        writer.Number(value.Keys.Count);
        foreach (var key in value.Keys)
        {
            writer.Bytes(key);
        }

        return writer.ToArray();
    }

    public SubscribersRow Deserialize(byte[]? bytes)
    {
        var reader = new RowReader(bytes);
        var (right, count) = ReadHead(ref reader);
        var keys = new List<byte[]>(count);
        for (var i = 0; i < count; i++)
        {
            keys.Add(reader.Bytes() ?? throw RowReader.Damaged("a key is not there"));
        }

        reader.End();
        return new SubscribersRow(right, keys);
    }

    /// <summary>The right value, and the number of left keys.</summary>
    public static (JoinSide Right, int Keys) ReadHead(byte[] bytes)
    {
        var reader = new RowReader(bytes);
        return ReadHead(ref reader);
    }

    private static (JoinSide Right, int Keys) ReadHead(ref RowReader reader)
    {
        reader.Format(Format);
        return (JoinRowSerde.ReadSide(ref reader), reader.Count());
    }
}
