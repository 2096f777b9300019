using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Accounting;

/// <summary>Holds every record of an output topic against the input that its identity names.</summary>
internal sealed class OutputAccount(OutputRule rule, InputLedger inputs, bool duplicatesAllowed, Problems problems)
{
    private readonly Output[][] _outputs = [.. Enumerable.Range(0, inputs.Partitions).Select(partition => new Output[inputs[partition].Count])];
    private readonly Dictionary<(int Partition, string Path), PathProgress> _paths = [];
    private readonly Dictionary<ulong, (int Partition, int SourcePartition, long SourceOffset)> _keys = [];

    public string Topic => rule.Topic;

    /// <summary>Outputs that must be there.</summary>
    public long Expected { get; private set; }

    /// <summary>Different outputs that are there.</summary>
    public long Distinct { get; private set; }

    /// <summary>Copies of outputs.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Outputs that are not there.</summary>
    public long Lost { get; private set; }

    /// <summary>The most often that one path went back in one partition: how often its source partition was taken up again.</summary>
    public long MostRewinds => _paths.Count == 0 ? 0 : _paths.Values.Max(path => path.Rewinds);

    /// <summary>Fingerprint of the value of the output of an input record.</summary>
    public ulong ValueOf(int partition, long offset) => _outputs[partition][offset].Value;

    /// <summary>Reads the whole topic, then looks for what is missing.</summary>
    public async Task ReadAsync(ITopicClient topics, CancellationToken cancellationToken)
    {
        await foreach (var record in topics.ReadAsync(new ReadRequest(Topic) { FromBeginning = true, Follow = false }, cancellationToken))
        {
            Add(record);
        }

        FindLost();
    }

    private void Add(in InputRecord record)
    {
        PlatformHeaders.Without(record.Headers, out var header);
        if (!RecordIdentity.TryParse(header, out var identity) || !TryReadPath(identity!, out var partition))
        {
            Fault("identity missing or wrong", record);
            return;
        }

        var offset = identity!.Sequence[0];
        if (!inputs.TryGet(partition, offset, out var input))
        {
            Fault("identity of no input record", record);
            return;
        }

        if (!rule.Expects(input))
        {
            Fault("record in the wrong topic", record);
            return;
        }

        Compare(record, input, partition, offset);
        Follow(record, header, identity, partition, offset);
    }

    private bool TryReadPath(RecordIdentity identity, out int partition)
    {
        partition = -1;
        var steps = identity.Path.Split('/');
        if (steps.Length != rule.Functions.Count)
        {
            return false;
        }

        for (var i = 0; i < steps.Length; i++)
        {
            var split = steps[i].IndexOf(':', StringComparison.Ordinal);
            if (steps[i][..split] != rule.Functions[i])
            {
                return false;
            }

            partition = i == 0 ? int.Parse(steps[i][(split + 1)..], System.Globalization.CultureInfo.InvariantCulture) : partition;
        }

        return true;
    }

    private void Compare(in InputRecord record, in InputEntry input, int partition, long offset)
    {
        if (Fingerprint.Of(record.Key) != rule.KeyOf(input))
        {
            Fault("key changed", record);
        }

        if (record.Timestamp != rule.TimestampOf(input))
        {
            Fault("timestamp wrong", record);
        }

        if (Marks.FindInHeaders(record.Headers) != (input.HasHeader ? input.Id : -1))
        {
            Fault("header changed", record);
        }

        if (rule.FindFault(input, partition, offset, record) is { } fault)
        {
            Fault($"value {fault}", record);
        }
    }

    private void Follow(in InputRecord record, byte[]? header, RecordIdentity identity, int partition, long offset)
    {
        var path = (record.Partition, identity.Path);
        if (!_paths.TryGetValue(path, out var progress))
        {
            _paths[path] = progress = new PathProgress();
        }

        progress.See(offset);
        ref var output = ref _outputs[partition][offset];
        var copy = Fingerprint.OfCopy(record, header);
        if (output.Seen)
        {
            Duplicates++;
            if (!duplicatesAllowed)
            {
                Fault("duplicate", record);
            }

            if (output.Copy != copy || output.Partition != record.Partition)
            {
                Fault("duplicate that differs from the first occurrence in identity, key, value or partition", record);
            }

            return;
        }

        output = new Output(true, record.Partition, copy, Fingerprint.Of(record.Value));
        Distinct++;
        if (!progress.TakeFirst(identity.Sequence))
        {
            Fault("first occurrence out of the order of its path", record);
        }

        // Inputs without key lie in any partition: there is no order among them to keep.
        if (inputs[partition][(int)offset].Key != 0)
        {
            FollowKey(record, partition, offset);
        }
    }

    private void FollowKey(in InputRecord record, int partition, long offset)
    {
        var key = Fingerprint.Of(record.Key);
        if (_keys.TryGetValue(key, out var last) && last.Partition != record.Partition)
        {
            Fault("key in two partitions", record);
        }
        else if (last != default && (last.SourcePartition != partition || last.SourceOffset > offset))
        {
            Fault("order of a key broken", record);
        }

        _keys[key] = (record.Partition, partition, offset);
    }

    private void FindLost()
    {
        for (var partition = 0; partition < inputs.Partitions; partition++)
        {
            for (var offset = 0; offset < inputs[partition].Count; offset++)
            {
                var input = inputs[partition][offset];
                if (input.Id < 0 || !rule.Expects(input))
                {
                    continue;
                }

                Expected++;
                if (!_outputs[partition][offset].Seen)
                {
                    Lost++;
                    problems.Add($"lost in {Topic}", $"input partition {partition} offset {offset}");
                }
            }
        }
    }

    private void Fault(string kind, in InputRecord record) =>
        problems.Add($"{Topic}: {kind}", $"partition {record.Partition} offset {record.Offset}");

    private readonly record struct Output(bool Seen, int Partition, ulong Copy, ulong Value);
}
