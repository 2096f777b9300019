using System.Globalization;
using System.Text;
using KafkaFunctions.Bench.Accounting;
using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.State;

/// <summary>What stands in a topic, by partition and offset, and which number each record has among those of its key.</summary>
internal sealed class StateLedger
{
    private readonly List<StateEvent>[] _partitions;
    private readonly Dictionary<int, StateEvent> _last = [];

    private StateLedger(int partitions) => _partitions = [.. Enumerable.Range(0, partitions).Select(_ => new List<StateEvent>())];

    /// <summary>The last record of each key, by its number.</summary>
    public IReadOnlyDictionary<int, StateEvent> Last => _last;

    public int Partitions => _partitions.Length;

    public long Count => _partitions.Sum(partition => (long)partition.Count);

    /// <summary>Records of a partition; the index is the offset.</summary>
    public IReadOnlyList<StateEvent> this[int partition] => _partitions[partition];

    /// <summary>Reads the pipeline's input: the truth. Numbers are counted.</summary>
    public static async Task<StateLedger> ReadInputAsync(ITopicClient topics, int acknowledged, Problems problems, CancellationToken cancellationToken)
    {
        var found = new bool[acknowledged];
        var ledger = await ReadAsync(
            topics,
            StatePipeline.Input,
            (ledger, key, value) =>
            {
                if (Marks.FindInValue(Encoding.UTF8.GetBytes(value)) is var id and >= 0 && id < acknowledged)
                {
                    found[id] = true;
                }

                return ledger._last.TryGetValue(key, out var last) ? last.Number + 1 : 1;
            },
            problems,
            cancellationToken);
        for (var id = 0; id < acknowledged; id++)
        {
            if (!found[id])
            {
                problems.Add("acknowledged input lost", $"record {id}");
            }
        }

        return ledger;
    }

    /// <summary>Reads the topic between the functions: numbers are in the values, and copies may be there.</summary>
    public static Task<StateLedger> ReadNumberedAsync(ITopicClient topics, Problems problems, CancellationToken cancellationToken) => ReadAsync(
        topics,
        StatePipeline.Numbered,
        static (_, _, value) => long.Parse(value.AsSpan(0, value.IndexOf(';', StringComparison.Ordinal)), CultureInfo.InvariantCulture),
        problems,
        cancellationToken);

    private static async Task<StateLedger> ReadAsync(
        ITopicClient topics, string topic, Func<StateLedger, int, string, long> numberOf, Problems problems, CancellationToken cancellationToken)
    {
        var ledger = new StateLedger((await topics.GetOffsetsAsync(topic, cancellationToken)).Count);
        await foreach (var record in topics.ReadAsync(new ReadRequest(topic) { FromBeginning = true, Follow = false }, cancellationToken))
        {
            var events = ledger._partitions[record.Partition];
            if (record.Offset != events.Count)
            {
                problems.Add("gap in a topic", $"{topic}-{record.Partition}: offset {record.Offset} follows {events.Count - 1}");
                break;
            }

            var (key, value) = (CountWorkload.FindKey(record.Key), Encoding.UTF8.GetString(record.Value ?? []));
            var each = new StateEvent(key, numberOf(ledger, key, value), value);
            events.Add(each);
            if (!ledger._last.TryGetValue(key, out var last) || each.Number > last.Number)
            {
                ledger._last[key] = each;
            }
        }

        return ledger;
    }
}
