using System.Buffers.Text;
using System.Text;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Workload;

/// <summary>Records of 200 bytes of text to be counted by key. Timestamps count the records, so that a result tells the last
/// record that it contains.</summary>
/// <param name="seed">The seed.</param>
/// <param name="topic">The topic.</param>
/// <param name="keyOf">The number of a record's key.</param>
internal sealed class CountWorkload(int seed, string topic, Func<int, int> keyOf) : IWorkload
{
    private const int ValueBytes = 200;
    private const long FirstTimestamp = 1_700_000_000_000;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz      ";

    private static ReadOnlySpan<byte> KeyStart => "user-"u8;

    public string Topic => topic;

    /// <summary>The numbers of the first records' keys, drawn by Zipf's law.</summary>
    public static int[] DrawKeys(int seed, int records, ZipfKeys zipf)
    {
        var keys = new int[records];
        for (var id = 0; id < records; id++)
        {
            var dice = new Dice(~seed, id);
            keys[id] = zipf.Draw(ref dice);
        }

        return keys;
    }

    public static byte[] CreateKey(int key) => Encoding.ASCII.GetBytes($"user-{key}");

    /// <summary>The number of a key; -1 where it is none.</summary>
    public static int FindKey(ReadOnlySpan<byte> key) =>
        key.StartsWith(KeyStart) && Utf8Parser.TryParse(key[KeyStart.Length..], out int number, out var read) && read == key.Length - KeyStart.Length
            ? number
            : -1;

    public OutputRecord Create(int id)
    {
        var dice = new Dice(seed, id);
        var value = new byte[ValueBytes];
        for (var i = 0; i < value.Length; i++)
        {
            value[i] = (byte)Letters[dice.Roll(Letters.Length)];
        }

        return new OutputRecord(CreateKey(keyOf(id)), value) { Timestamp = FirstTimestamp + id };
    }

    public int FindId(in InputRecord record) => FindId(record.Timestamp);

    /// <summary>The number of the record that has a timestamp.</summary>
    public static int FindId(long timestamp) => (int)(timestamp - FirstTimestamp);
}
