using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Windows;

/// <summary>Records of 200 bytes to be counted by key and window. Event time goes on evenly over ten minutes; one record in ten is up to
/// two seconds behind, less than the windows' grace.</summary>
/// <param name="seed">The seed.</param>
/// <param name="topic">The topic.</param>
/// <param name="keyOf">The number of each record's key.</param>
internal sealed class WindowWorkload(int seed, string topic, int[] keyOf) : IWorkload
{
    private const long FirstTimestamp = 1_700_000_010_000;
    private const long SpanMilliseconds = 600_000;
    private const int OneBehindIn = 10;
    private const int MostBehindMilliseconds = 2_000;

    private readonly CountWorkload _records = new(seed, topic, id => keyOf[id]);

    public string Topic => topic;

    /// <summary>The number of the record's key.</summary>
    public int KeyOf(int id) => keyOf[id];

    public OutputRecord Create(int id)
    {
        var record = _records.Create(id);
        return new OutputRecord(record.Key, record.Value) { Timestamp = TimestampOf(id) };
    }

    public int FindId(in InputRecord record) => FindId(record.Timestamp);

    /// <summary>Event time of a record.</summary>
    public long TimestampOf(int id)
    {
        var dice = new Dice(seed ^ OneBehindIn, id);
        var behind = dice.Roll(OneBehindIn) == 0 ? dice.Roll(MostBehindMilliseconds) : 0;
        return FirstTimestamp + (id * SpanMilliseconds / keyOf.Length) - behind;
    }

    /// <summary>The number of the record that is not behind and has a timestamp, about.</summary>
    public int FindId(long timestamp) => (int)((timestamp - FirstTimestamp) * keyOf.Length / SpanMilliseconds);
}
