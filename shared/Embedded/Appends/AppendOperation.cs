using KafkaFunctions.Embedded.Records;
using KafkaFunctions.Embedded.Storage;
using KafkaFunctions.Embedded.Topics;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Embedded.Appends;

/// <summary>Records of one call, encoded by the caller, appended in one transaction. The result: first offset by partition.</summary>
internal sealed class AppendOperation : WriteOperation<IReadOnlyDictionary<int, long>>
{
    private readonly Topic _topic;
    private readonly AppendSignals _signals;
    private readonly IReadOnlyList<OutputRecord> _records;
    private readonly int[] _partitions;
    private readonly Dictionary<int, IReadOnlyList<EncodedRecords>> _pieces;

    private AppendOperation(
        Topic topic,
        AppendSignals signals,
        IReadOnlyList<OutputRecord> records,
        int[] partitions,
        Dictionary<int, IReadOnlyList<EncodedRecords>> pieces)
    {
        _topic = topic;
        _signals = signals;
        _records = records;
        _partitions = partitions;
        _pieces = pieces;
        Bytes = pieces.Values.Sum(list => list.Sum(piece => (long)piece.Bytes.Length));
    }

    public override long Bytes { get; }

    /// <summary>Encodes the records.</summary>
    /// <param name="topic">Where they go.</param>
    /// <param name="signals">Told when they are there.</param>
    /// <param name="records">The records.</param>
    /// <param name="partitionOf">Chooses a record's partition.</param>
    /// <param name="now">Timestamp of records without one.</param>
    public static AppendOperation Create(
        Topic topic, AppendSignals signals, IReadOnlyList<OutputRecord> records, Func<OutputRecord, int> partitionOf, long now)
    {
        var partitions = new int[records.Count];
        var encoders = new Dictionary<int, BatchEncoder>();
        for (var i = 0; i < partitions.Length; i++)
        {
            var record = records[i];
            var partition = partitions[i] = partitionOf(record);
            if (!encoders.TryGetValue(partition, out var encoder))
            {
                encoders.Add(partition, encoder = new BatchEncoder());
            }

            encoder.Add(record, record.Timestamp == InputRecord.NoTimestamp ? now : record.Timestamp);
        }

        return new AppendOperation(topic, signals, records, partitions, encoders.ToDictionary(e => e.Key, e => e.Value.End()));
    }

    /// <summary>Tells every record where it landed.</summary>
    public void SetPositions(IReadOnlyDictionary<int, long> firstOffsets)
    {
        var next = new Dictionary<int, long>(firstOffsets);
        for (var i = 0; i < _partitions.Length; i++)
        {
            var partition = _partitions[i];
            _records[i].Position = new RecordPosition(partition, next[partition]++);
        }
    }

    protected override IReadOnlyDictionary<int, long> Write(WriteSession session) =>
        _pieces.ToDictionary(entry => entry.Key, entry => session.Append(_topic.PartitionIds[entry.Key], entry.Value));

    protected override void Committed(IReadOnlyDictionary<int, long> result)
    {
        foreach (var (partition, first) in result)
        {
            _signals.Advance(_topic.PartitionIds[partition], first + _pieces[partition].Sum(piece => (long)piece.Count));
        }
    }
}
