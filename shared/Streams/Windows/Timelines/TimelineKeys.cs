using System.Buffers.Binary;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>How the rows beside a key's own are keyed. A stored format.</summary>
internal static class TimelineKeys
{
    private const int IndexHead = 1 + 1 + sizeof(int) + sizeof(long);

    /// <summary>A page: the key's length, the key, the page's number.</summary>
    public static StateKey Page(StateKey row, long id)
    {
        var key = row.Bytes[1..];
        var bytes = new byte[1 + sizeof(ushort) + key.Length + sizeof(int)];
        bytes[0] = RowKeys.Page;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(1), (ushort)key.Length);
        key.CopyTo(bytes.AsSpan(1 + sizeof(ushort)));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1 + sizeof(ushort) + key.Length), checked((int)id));
        return new StateKey(bytes);
    }

    /// <summary>A place in the index: what is due, by which source partition's clock, when, and the key.</summary>
    public static StateKey Index(StateKey row, DueIndex index)
    {
        var key = row.Bytes[1..];
        var bytes = new byte[IndexHead + key.Length];
        WriteHead(bytes, index.Kind, index.Source, index.Time);
        key.CopyTo(bytes.AsSpan(IndexHead));
        return new StateKey(bytes);
    }

    /// <summary>What is due of a source partition by a time.</summary>
    public static StateRange Due(DueKind kind, int source, long until)
    {
        var (from, before) = (new byte[IndexHead], new byte[IndexHead]);
        var (next, time) = until == long.MaxValue ? (source + 1, 0) : (source, until + 1);
        WriteHead(from, kind, source, 0);
        WriteHead(before, kind, next, time);
        return new StateRange(new StateKey(from), new StateKey(before));
    }

    /// <summary>The key of the row, and the time, of a place in the index.</summary>
    public static (StateKey Row, long Time) ReadIndex(StateKey index) => (
        RowKeys.Of(RowKeys.Value, index.Bytes[IndexHead..]),
        BinaryPrimitives.ReadInt64BigEndian(index.Bytes[(IndexHead - sizeof(long))..]));

    /// <summary>What is written in a place in the index: for a maximum of what is held, how many results of the key are.</summary>
    public static byte[] IndexValue(DueIndex index)
    {
        var writer = new RowWriter(1 + sizeof(int) + 1);
        writer.Byte(TimelineCodec.Format);
        if (index.Count > 0)
        {
            writer.Number(index.Count);
        }

        return writer.ToArray();
    }

    /// <summary>How many results of a key are held, by its place in the index; where it does not say, one.</summary>
    public static int ReadHeld(byte[] value)
    {
        var reader = new RowReader(value);
        reader.Format(TimelineCodec.Format);
        return value.Length > 1 ? reader.Int32() : 1;
    }

    /// <summary>A key as long as any of a row's.</summary>
    public static StateKey Longest(StateKey row) => Index(row, new DueIndex(DueKind.Expire, int.MaxValue, long.MaxValue));

    private static void WriteHead(Span<byte> bytes, DueKind kind, int source, long time)
    {
        bytes[0] = RowKeys.Index;
        bytes[1] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(bytes[2..], source);
        BinaryPrimitives.WriteInt64BigEndian(bytes[(2 + sizeof(int))..], time);
    }
}
