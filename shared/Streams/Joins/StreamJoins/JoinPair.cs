using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>Two values that are joined, in bytes; one may be missing. A stored format.</summary>
internal static class JoinPair
{
    private const int RoomOfLengths = 12;

    public static byte[] Encode(byte[]? left, byte[]? right)
    {
        var writer = new RowWriter(RoomOfLengths + (left?.Length ?? 0) + (right?.Length ?? 0));
        writer.Bytes(left);
        writer.Bytes(right);
        return writer.ToArray();
    }

    public static byte[] Encode(StreamSide side, byte[] own, byte[]? other) => side == StreamSide.Left ? Encode(own, other) : Encode(other, own);

    public static (byte[]? Left, byte[]? Right) Decode(byte[] bytes)
    {
        var reader = new RowReader(bytes);
        var pair = (reader.Bytes(), reader.Bytes());
        reader.End();
        return pair;
    }
}
