using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.Accounting;

/// <summary>What stands in an input topic, by partition and offset: the truth that outputs are held against.</summary>
internal sealed class InputLedger
{
    private readonly List<InputEntry>[] _partitions;

    private InputLedger(List<InputEntry>[] partitions, long copies)
    {
        _partitions = partitions;
        Copies = copies;
    }

    /// <summary>Records that stand there again: batches that were published more than once.</summary>
    public long Copies { get; }

    public int Partitions => _partitions.Length;

    public long Count => _partitions.Sum(partition => (long)partition.Count);

    /// <summary>Entries of a partition; the index is the offset.</summary>
    public IReadOnlyList<InputEntry> this[int partition] => _partitions[partition];

    /// <summary>Reads a topic from its beginning to its present end.</summary>
    /// <param name="topics">The topics.</param>
    /// <param name="workload">What was written to it.</param>
    /// <param name="acknowledged">Every number below it must be there.</param>
    /// <param name="problems">Where missing and foreign records are noted.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<InputLedger> ReadAsync(
        ITopicClient topics, IWorkload workload, int acknowledged, Problems problems, CancellationToken cancellationToken)
    {
        var offsets = await topics.GetOffsetsAsync(workload.Topic, cancellationToken);
        var partitions = offsets.Select(_ => new List<InputEntry>()).ToArray();
        var found = new bool[acknowledged];
        var copies = 0L;
        await foreach (var record in topics.ReadAsync(new ReadRequest(workload.Topic) { FromBeginning = true, Follow = false }, cancellationToken))
        {
            var entries = partitions[record.Partition];
            if (record.Offset != entries.Count)
            {
                problems.Add("gap in an input topic", $"{workload.Topic}-{record.Partition}: offset {record.Offset} follows {entries.Count - 1}");
                break;
            }

            var id = workload.FindId(record);
            if (id < 0)
            {
                problems.Add("foreign record in an input topic", $"{workload.Topic}-{record.Partition} offset {record.Offset}");
            }
            else if (id < acknowledged)
            {
                copies += found[id] ? 1 : 0;
                found[id] = true;
            }

            var header = Marks.FindInHeaders(record.Headers);
            entries.Add(new InputEntry(id, record.Timestamp, Fingerprint.Of(record.Key), Fingerprint.Of(record.Value), header >= 0));
        }

        for (var id = 0; id < acknowledged; id++)
        {
            if (!found[id])
            {
                problems.Add("acknowledged input lost", $"{workload.Topic}: record {id}");
            }
        }

        return new InputLedger(partitions, copies);
    }

    /// <summary>The entry at a place; false where there is none.</summary>
    public bool TryGet(int partition, long offset, out InputEntry entry)
    {
        entry = default;
        if (partition >= _partitions.Length || offset < 0 || offset >= _partitions[partition].Count)
        {
            return false;
        }

        entry = _partitions[partition][(int)offset];
        return true;
    }
}
