using System.Buffers.Binary;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Windows.Results;

/// <summary>Results of one transaction that are to be published, in their order (design rule 6). A stored format.</summary>
/// <param name="Number">The row's number in its bucket.</param>
/// <param name="Results">The results.</param>
internal sealed record OutboxRow(long Number, IReadOnlyList<FinalResult> Results)
{
    /// <summary>The format that is written, and the newest that is read.</summary>
    public const byte Format = 2;

    // Before results were held.
    private const byte FinalsFormat = 1;
    private const byte IdleFlag = 1;
    private const byte HeldFlag = 2;
    private const int RoomOfHead = 16;

    /// <summary>All outbox rows of a bucket.</summary>
    public static StateRange All { get; } = StateRange.Prefix([RowKeys.Outbox]);

    /// <summary>The row that has the number of the bucket's next outbox row.</summary>
    public static StateKey NumberKey { get; } = new([RowKeys.OutboxNumber]);

    public StateKey Key
    {
        get
        {
            var bytes = new byte[1 + sizeof(long)];
            bytes[0] = RowKeys.Outbox;
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), Number);
            return new StateKey(bytes);
        }
    }

    public byte[] Encode()
    {
        var writer = new RowWriter(RoomOfHead + Results.Sum(result => result.Size));
        writer.Byte(Results.Any(result => result.HeldSince is not null) ? Format : FinalsFormat);
        writer.Number(Results.Count);
        foreach (var result in Results)
        {
            writer.Byte((byte)((result.IsByIdleness ? IdleFlag : 0) | (result.HeldSince is null ? 0 : HeldFlag)));
            writer.Bytes(result.Key);
            writer.Signed(result.Window.Start);
            writer.Number(result.Window.End - result.Window.Start);
            writer.Signed(result.Timestamp);
            writer.Bytes(result.Value);
            if (result.HeldSince is { } since)
            {
                writer.Signed(since);
            }
        }

        return writer.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are no outbox row, or one of a newer format.</exception>
    public static OutboxRow Decode(StateRow row)
    {
        var reader = new RowReader(row.Value);
        reader.Format(Format);
        var results = new FinalResult[reader.Count()];
        for (var i = 0; i < results.Length; i++)
        {
            var flags = reader.Byte();
            var key = reader.Bytes() ?? throw RowReader.Damaged("a result has no key");
            var start = reader.Signed();
            results[i] = new FinalResult(key, new Window(start, start + reader.Number()), reader.Signed(), reader.Bytes(), (flags & IdleFlag) != 0)
            {
                HeldSince = (flags & HeldFlag) != 0 ? reader.Signed() : null,
            };
        }

        reader.End();
        return new OutboxRow(BinaryPrimitives.ReadInt64BigEndian(row.Key.Bytes[1..]), results);
    }

    public static byte[] EncodeNumber(long number)
    {
        var writer = new RowWriter(RoomOfHead);
        writer.Byte(FinalsFormat);
        writer.Number(number);
        return writer.ToArray();
    }

    public static long DecodeNumber(byte[] bytes)
    {
        var reader = new RowReader(bytes);
        reader.Format(Format);
        var number = reader.Number();
        reader.End();
        return number;
    }
}
