using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Joins.TableJoins;

/// <summary>Both sides' values as bytes. A stored format.</summary>
/// <remarks>Format 1: value and time of the left side, then of the right one.</remarks>
internal sealed class JoinRowSerde : ISerde<JoinRow>
{
    private const byte Format = 1;
    private const int RoomBesideValues = 32;

    public static JoinRowSerde Instance { get; } = new();

    public byte[] Serialize(JoinRow value)
    {
        var writer = new RowWriter((value.Left.Value?.Length ?? 0) + (value.Right.Value?.Length ?? 0) + RoomBesideValues);
        writer.Byte(Format);
        Write(writer, value.Left);
        Write(writer, value.Right);
        return writer.ToArray();
    }

    public JoinRow Deserialize(byte[]? bytes)
    {
        var reader = new RowReader(bytes);
        reader.Format(Format);
        var row = new JoinRow(ReadSide(ref reader), ReadSide(ref reader));
        reader.End();
        return row;
    }

    public static void Write(RowWriter writer, in JoinSide side)
    {
        writer.Bytes(side.Value);
        writer.Signed(side.Timestamp);
    }

    public static JoinSide ReadSide(ref RowReader reader) => new(reader.Bytes(), reader.Signed());
}
