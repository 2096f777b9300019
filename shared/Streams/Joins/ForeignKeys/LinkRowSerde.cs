using KafkaFunctions.Streams.Joins.TableJoins;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Joins.ForeignKeys;

/// <summary>Rows of left keys as bytes. A stored format.</summary>
/// <remarks>Format 1: whether a result is shown, left value and time, foreign key, right value and time, the right row's version,
/// partition and offset of the left value's record.</remarks>
internal sealed class LinkRowSerde : ISerde<LinkRow>
{
    private const byte Format = 1;
    private const int RoomBesideValues = 48;

    public static LinkRowSerde Instance { get; } = new();

    public byte[] Serialize(LinkRow value)
    {
        var writer = new RowWriter((value.Left.Value?.Length ?? 0) + (value.Right.Value?.Length ?? 0) + (value.ForeignKey?.Length ?? 0) + RoomBesideValues);
        writer.Byte(Format);
        writer.Byte(value.IsShown ? (byte)1 : (byte)0);
        JoinRowSerde.Write(writer, value.Left);
        writer.Bytes(value.ForeignKey);
        JoinRowSerde.Write(writer, value.Right);
        writer.Number(value.RightVersion);
        writer.Number(value.ChangedAt.Partition);
        writer.Number(value.ChangedAt.Offset);
        return writer.ToArray();
    }

    public LinkRow Deserialize(byte[]? bytes)
    {
        var reader = new RowReader(bytes);
        reader.Format(Format);
        var isShown = reader.Byte() != 0;
        var row = new LinkRow(JoinRowSerde.ReadSide(ref reader), reader.Bytes(), JoinRowSerde.ReadSide(ref reader), reader.Number(), isShown, new LeftPosition(reader.Int32(), reader.Number()));
        reader.End();
        return row;
    }
}
