using System.Globalization;
using KafkaFunctions.Bench.Accounting;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.State;

/// <summary>Holds every record of an output topic against the record that its identity names.</summary>
/// <param name="topic">The output topic.</param>
/// <param name="function">The function that writes it.</param>
/// <param name="source">What it reads.</param>
/// <param name="valueOf">The value after a record.</param>
/// <param name="forEach">Whether every record has an output of its own; else one per key and batch.</param>
/// <param name="problems">Where faults are noted.</param>
internal sealed class StateOutputCheck(
    string topic, string function, StateLedger source, Func<StateEvent, byte[]> valueOf, bool forEach, Problems problems)
{
    private readonly ulong[][] _seen = [.. Enumerable.Range(0, source.Partitions).Select(partition => new ulong[source[partition].Count])];
    private readonly Dictionary<(int Partition, string Path), PathProgress> _paths = [];
    private readonly Dictionary<int, long> _lastNumbers = [];

    public string Topic => topic;

    /// <summary>Different outputs.</summary>
    public long Distinct { get; private set; }

    /// <summary>Copies of outputs.</summary>
    public long Copies { get; private set; }

    /// <summary>Reads the topic, then looks for what is missing.</summary>
    public async Task ReadAsync(ITopicClient topics, CancellationToken cancellationToken)
    {
        await foreach (var record in topics.ReadAsync(new ReadRequest(topic) { FromBeginning = true, Follow = false }, cancellationToken))
        {
            Add(record);
        }

        if (forEach)
        {
            FindMissing();
        }

        foreach (var (key, last) in source.Last)
        {
            if (_lastNumbers.GetValueOrDefault(key) != last.Number)
            {
                problems.Add($"{topic}: last output of a key is not its last", $"key {key}: {_lastNumbers.GetValueOrDefault(key)} instead of {last.Number}");
            }
        }
    }

    private void Add(in InputRecord record)
    {
        PlatformHeaders.Without(record.Headers, out var header);
        if (!RecordIdentity.TryParse(header, out var identity) || PartitionOf(identity!) is not { } partition
            || identity!.Sequence[0] >= source[partition].Count)
        {
            Fault("identity missing or wrong", record);
            return;
        }

        var offset = (int)identity.Sequence[0];
        var cause = source[partition][offset];
        if (Workload.CountWorkload.FindKey(record.Key) != cause.Key)
        {
            Fault("key of another record", record);
        }

        if (!valueOf(cause).AsSpan().SequenceEqual(record.Value))
        {
            Fault("value wrong", record);
        }

        Follow(record, header, identity, partition, offset, cause);
    }

    private void Follow(in InputRecord record, byte[]? header, RecordIdentity identity, int partition, int offset, StateEvent cause)
    {
        var copy = Fingerprint.OfCopy(record, header) | 1;
        ref var seen = ref _seen[partition][offset];
        if (seen != 0)
        {
            Copies++;
            if (seen != copy)
            {
                Fault("copy that differs from the first occurrence", record);
            }

            return;
        }

        seen = copy;
        Distinct++;
        if (!_paths.TryGetValue((record.Partition, identity.Path), out var progress))
        {
            _paths[(record.Partition, identity.Path)] = progress = new PathProgress();
        }

        if (!progress.TakeFirst(identity.Sequence))
        {
            Fault("first occurrence out of the order of its path", record);
        }

        if (cause.Number <= _lastNumbers.GetValueOrDefault(cause.Key))
        {
            Fault("a key goes backwards", record);
        }

        _lastNumbers[cause.Key] = cause.Number;
    }

    private int? PartitionOf(RecordIdentity identity)
    {
        var at = function.Length;
        return identity.Path.StartsWith(function, StringComparison.Ordinal) && identity.Path.Length > at && identity.Path[at] == ':'
            && int.TryParse(identity.Path.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var partition) && partition < source.Partitions
            ? partition
            : null;
    }

    private void FindMissing()
    {
        for (var partition = 0; partition < source.Partitions; partition++)
        {
            for (var offset = 0; offset < _seen[partition].Length; offset++)
            {
                if (_seen[partition][offset] == 0)
                {
                    problems.Add($"{topic}: lost", $"source partition {partition} offset {offset}");
                }
            }
        }
    }

    private void Fault(string kind, in InputRecord record) => problems.Add($"{topic}: {kind}", $"partition {record.Partition} offset {record.Offset}");
}
