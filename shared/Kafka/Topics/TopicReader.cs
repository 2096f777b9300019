using System.Runtime.CompilerServices;
using Confluent.Kafka;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Kafka;

/// <summary>Reads a topic with a consumer that joins no group and commits nothing.</summary>
internal sealed class TopicReader(KafkaClientFactory clients, KafkaTopicClient topics, ReadRequest request)
{
    // Confluent.Kafka insists on a name; nothing is ever stored under it.
    private const string NoGroup = "kafkafunctions-reader";
    private const int MostAtOnce = 500;

    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(100);

    public async IAsyncEnumerable<InputRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var offsets = await topics.GetOffsetsAsync(request.Topic, cancellationToken).ConfigureAwait(false);
        if (request.Partition is { } only)
        {
            offsets = [.. offsets.Where(o => o.Partition == only)];
            if (offsets.Count == 0)
            {
                throw new TopicNotFoundException(request.Topic);
            }
        }

        // The offset to stop at, for each partition that is not read to its end yet.
        var open = offsets.Where(o => request.Follow || (request.FromBeginning && o.Start < o.End)).ToDictionary(o => o.Partition, o => o.End);
        if (open.Count == 0)
        {
            yield break;
        }

        var config = clients.CreateConsumerConfig(NoGroup);
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        config.EnablePartitionEof = !request.Follow;
        var consumer = clients.CreateConsumerBuilder(config).Build();
        try
        {
            consumer.Assign(offsets.Where(o => open.ContainsKey(o.Partition)).Select(o =>
                new TopicPartitionOffset(request.Topic, o.Partition, request.FromBeginning ? o.Start : o.End)));
            var read = new List<InputRecord>(MostAtOnce);
            while (open.Count > 0)
            {
                await Task.Run(() => Fill(consumer, read, open), cancellationToken).ConfigureAwait(false);
                foreach (var record in read)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return record;
                }

                cancellationToken.ThrowIfCancellationRequested();
                read.Clear();
            }
        }
        finally
        {
            await Task.Run(consumer.Dispose, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for a first record, then takes what is there.</summary>
    private void Fill(IConsumer<byte[]?, byte[]?> consumer, List<InputRecord> read, Dictionary<int, long> open)
    {
        try
        {
            for (var patience = LongestLook; read.Count < MostAtOnce && consumer.Consume(patience) is { } result; patience = TimeSpan.Zero)
            {
                Take(result, read, open);
            }
        }
        catch (ConsumeException exception) when (exception.Error.Code == ErrorCode.TopicAuthorizationFailed)
        {
            throw new KafkaAccessException(request.Topic, "Read", exception);
        }
        catch (ConsumeException exception) when (exception.Error.Code == ErrorCode.UnknownTopicOrPart)
        {
            throw new TopicNotFoundException(request.Topic, exception);
        }
    }

    private void Take(ConsumeResult<byte[]?, byte[]?> result, List<InputRecord> read, Dictionary<int, long> open)
    {
        var partition = result.Partition.Value;
        if (request.Follow)
        {
            read.Add(RecordOf(result));
            return;
        }

        // The last offsets of a partition may hold no record (compaction, transactions): its end is told apart.
        if (!open.TryGetValue(partition, out var end))
        {
            return;
        }

        if (!result.IsPartitionEOF && result.Offset < end)
        {
            read.Add(RecordOf(result));
        }

        if (result.IsPartitionEOF ? result.Offset >= end : result.Offset >= end - 1)
        {
            open.Remove(partition);
        }
    }

    private InputRecord RecordOf(ConsumeResult<byte[]?, byte[]?> result) =>
        new(request.Topic, result.Partition, result.Offset, result.Message.Key, result.Message.Value, TimestampOf(result), HeadersOf(result));

    private static long TimestampOf(ConsumeResult<byte[]?, byte[]?> result) =>
        result.Message.Timestamp.Type == TimestampType.NotAvailable ? InputRecord.NoTimestamp : result.Message.Timestamp.UnixTimestampMs;

    private static RecordHeader[] HeadersOf(ConsumeResult<byte[]?, byte[]?> result) =>
        result.Message.Headers is { Count: > 0 } headers
            ? [.. headers.Select(header => new RecordHeader(header.Key, header.GetValueBytes()))]
            : [];
}
