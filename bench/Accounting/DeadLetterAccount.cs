using System.Globalization;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Accounting;

/// <summary>Holds every dead letter of a function against the input that its headers name: original bytes, and why.</summary>
internal sealed class DeadLetterAccount(
    Stage stage, InputLedger inputs, Func<InputEntry, bool> expects, bool duplicatesAllowed, Problems problems)
{
    private readonly bool[][] _seen = [.. Enumerable.Range(0, inputs.Partitions).Select(partition => new bool[inputs[partition].Count])];

    public string Topic => stage.Topic + Pipeline.DeadLetterSuffix;

    public long Expected { get; private set; }

    public long Distinct { get; private set; }

    public long Duplicates { get; private set; }

    public long Lost { get; private set; }

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
        if (!int.TryParse(Header(record, HeaderNames.DeadLetterPartition), NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            || !long.TryParse(Header(record, HeaderNames.DeadLetterOffset), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            || !inputs.TryGet(partition, offset, out var input))
        {
            Fault("names no input record", record);
            return;
        }

        if (!expects(input))
        {
            Fault($"unexpected ({Header(record, HeaderNames.DeadLetterErrorMessage)})", record);
            return;
        }

        Compare(record, input);
        if (!_seen[partition][offset])
        {
            _seen[partition][offset] = true;
            Distinct++;
            return;
        }

        Duplicates++;
        if (!duplicatesAllowed)
        {
            Fault("duplicate", record);
        }
    }

    private void Compare(in InputRecord record, in InputEntry input)
    {
        if (Fingerprint.Of(record.Key) != input.Key || Fingerprint.Of(record.Value) != input.Value || record.Timestamp != input.Timestamp)
        {
            Fault("key, value or timestamp differs from the input's", record);
        }

        if (Marks.FindInHeaders(record.Headers) != (input.HasHeader ? input.Id : -1))
        {
            Fault("header changed", record);
        }

        if (Header(record, HeaderNames.DeadLetterFunction) != stage.Function || Header(record, HeaderNames.DeadLetterTopic) != stage.Topic
            || string.IsNullOrEmpty(Header(record, HeaderNames.DeadLetterErrorType))
            || string.IsNullOrEmpty(Header(record, HeaderNames.DeadLetterErrorMessage))
            || string.IsNullOrEmpty(Header(record, HeaderNames.DeadLetterAttempts)))
        {
            Fault("does not say why it is here", record);
        }
    }

    private void FindLost()
    {
        for (var partition = 0; partition < inputs.Partitions; partition++)
        {
            for (var offset = 0; offset < inputs[partition].Count; offset++)
            {
                if (inputs[partition][offset].Id < 0 || !expects(inputs[partition][offset]))
                {
                    continue;
                }

                Expected++;
                if (!_seen[partition][offset])
                {
                    Lost++;
                    problems.Add($"lost in {Topic}", $"input partition {partition} offset {offset}");
                }
            }
        }
    }

    private void Fault(string kind, in InputRecord record) =>
        problems.Add($"{Topic}: {kind}", $"partition {record.Partition} offset {record.Offset}");

    private static string? Header(in InputRecord record, string name) =>
        Array.FindLast(record.Headers, header => header.Key == name).ValueAsText;
}
