using System.Collections.Concurrent;
using KafkaFunctions.Contracts;
using KafkaFunctions.Kafka.Consuming;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Brokers.Consuming;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.TestSupport;
using Microsoft.Extensions.Logging.Testing;

namespace KafkaFunctions.Kafka.Tests.Consuming;

public sealed class KafkaGroupConsumerTests(RealKafka kafka) : GroupConsumerContract
{
    private const int Lost = 3102;

    private readonly TestClients _clients = new();
    private readonly FakeLogger _logger = new();
    private readonly string _group = $"group-{Guid.NewGuid():N}";
    private string _servers = "";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _clients.Dispose();
    }

    [Fact]
    public async Task Start_SecondMember_SharesPartitionsAndGracefulLeaveHandsOverWithoutCopies()
    {
        var topic = await CreateTopicAsync(partitions: 4);
        var seen = new ConcurrentQueue<(string Member, int Partition, long Offset)>();
        await using var first = Create(new GroupConsumerOptions(_group, topic), Keep("first"));
        await using var second = Create(new GroupConsumerOptions(_group, topic), Keep("second"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var published = PublishUntilAsync(topic, stop.Token);

        first.Start();
        await UntilAsync(() => seen.Select(record => record.Partition).Distinct().Count() == 4);
        second.Start();
        await UntilAsync(() => seen.Where(record => record.Member == "second").Select(record => record.Partition).Distinct().Count() == 2);
        await first.StopAsync(Cancellation);
        var handedOver = seen.Count;
        await UntilAsync(() => seen.Skip(handedOver).Select(record => record.Partition).Distinct().Count() == 4);
        await stop.CancelAsync();
        var count = await published;
        await UntilAsync(() => seen.Count >= count);
        await second.StopAsync(Cancellation);

        Assert.Equal(count, seen.Count);
        Assert.Equal(count, seen.Select(record => (record.Partition, record.Offset)).Distinct().Count());

        ProcessBatch<InputRecord> Keep(string member) => (_, records, _, _) =>
        {
            foreach (var record in records)
            {
                seen.Enqueue((member, record.Partition, record.Offset));
            }

            return Task.CompletedTask;
        };
    }

    [Fact]
    public async Task Rebalance_BatchInHand_IsWaitedForAndNotRunByTheNextOwner()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        await Publisher.PublishAsync(topic, [.. Enumerable.Range(0, 40).Select(i => TestRecords.Record($"k{i}", $"v{i}"))], Cancellation);
        var entered = new ConcurrentDictionary<int, bool>();
        var release = new TaskCompletionSource();
        var running = new ConcurrentDictionary<int, int>();
        var overlapped = false;
        var seen = new ConcurrentQueue<(int Partition, long Offset)>();
        await using var first = Create(new GroupConsumerOptions(_group, topic), (partition, records, _, token) => ProcessAsync(partition, records, release.Task, token));
        await using var second = Create(new GroupConsumerOptions(_group, topic), (partition, records, _, token) => ProcessAsync(partition, records, Task.CompletedTask, token));

        first.Start();
        await UntilAsync(() => entered.Count == 2);
        second.Start();

        // Long enough for the group to ask for a partition back: the member must not give it away meanwhile.
        await Task.Delay(TimeSpan.FromSeconds(5), Cancellation);
        Assert.Empty(seen);
        release.SetResult();
        await UntilAsync(() => second.IsReady && seen.Count >= 40);
        await Publisher.PublishAsync(topic, [.. Enumerable.Range(0, 40).Select(i => TestRecords.Record($"k{i}", $"v{i}"))], Cancellation);
        await UntilAsync(() => seen.Count >= 80);
        await Task.WhenAll(first.StopAsync(Cancellation), second.StopAsync(Cancellation));

        Assert.False(overlapped);
        Assert.Equal(80, seen.Distinct().Count());
        Assert.Equal(80, seen.Count);

        async Task ProcessAsync(int partition, InputRecord[] records, Task gate, CancellationToken token)
        {
            overlapped |= running.AddOrUpdate(partition, 1, (_, count) => count + 1) > 1;
            entered[partition] = true;
            await gate.WaitAsync(token);
            foreach (var record in records)
            {
                seen.Enqueue((partition, record.Offset));
            }

            running.AddOrUpdate(partition, 0, (_, count) => count - 1);
        }
    }

    [Fact]
    public async Task Process_OnePartitionStandsStill_IsPausedAndWhatItHoldsIsBounded()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        await Publisher.PublishAsync(topic, [.. Enumerable.Range(0, 20_000).Select(i => TestRecords.Record($"k{i}", $"v{i}"))], Cancellation);
        var ends = await Topics.GetOffsetsAsync(topic, Cancellation);
        var mapped = new int[2];
        var done = new int[2];
        var release = new TaskCompletionSource();
        var options = new GroupConsumerOptions(_group, topic) { MaxBatchRecords = 50 };
        await using var consumer = new KafkaGroupConsumer<InputRecord>(
            _clients.Factory(_servers),
            options,
            record =>
            {
                Interlocked.Increment(ref mapped[record.Partition]);
                return record;
            },
            async (partition, records, _, token) =>
            {
                await (partition == 0 ? release.Task : Task.CompletedTask).WaitAsync(token);
                Interlocked.Add(ref done[partition], records.Length);
            },
            _logger);

        consumer.Start();
        await UntilAsync(() => Volatile.Read(ref done[1]) == ends[1].End);
        var held = Volatile.Read(ref mapped[0]);
        release.SetResult();
        await UntilAsync(() => Volatile.Read(ref done[0]) == ends[0].End);
        await consumer.StopAsync(Cancellation);

        // One batch in hand and two in the buffer.
        Assert.InRange(held, 0, 3 * options.MaxBatchRecords);
        Assert.Equal([(int)ends[0].End, (int)ends[1].End], done);
    }

    [Fact]
    public async Task Process_RecordsTakenInBulk_KeepEveryByte()
    {
        var topic = await CreateTopicAsync();
        OutputRecord[] records =
        [
            .. Enumerable.Range(0, 2_000).Select(i => new OutputRecord(i % 3 == 0 ? null : [(byte)i, 0, 255], i % 5 == 0 ? null : new byte[i % 7])
            {
                Timestamp = i + 1,
                Headers = i % 2 == 0
                    ? []
                    : [new RecordHeader("a", [1, (byte)i]), new RecordHeader(i % 4 == 1 ? "b" : "ü", null), new RecordHeader("a", [])],
            }),
        ];
        await Publisher.PublishAsync(topic, records, Cancellation);
        var seen = new ConcurrentQueue<InputRecord>();
        await using var consumer = Create(new GroupConsumerOptions(_group, topic), (_, batch, _, _) =>
        {
            foreach (var record in batch)
            {
                seen.Enqueue(record);
            }

            return Task.CompletedTask;
        });

        consumer.Start();
        await UntilAsync(() => seen.Count >= records.Length);
        await consumer.StopAsync(Cancellation);

        Assert.Equal(
            records.Select(record => Text(record.Key, record.Value, record.Timestamp, record.Headers)),
            seen.Select(record => Text(record.Key, record.Value, record.Timestamp, record.Headers)));

        static string Text(byte[]? key, byte[]? value, long timestamp, RecordHeader[] headers) =>
            $"{Hex(key)} {Hex(value)} {timestamp} {string.Join(' ', headers.Select(header => $"{header.Key}={Hex(header.Value)}"))}";

        static string Hex(byte[]? bytes) => bytes is null ? "null" : $"'{Convert.ToHexString(bytes)}'";
    }

    [Fact]
    public async Task Process_OnePartitionIsSlow_OthersAreNotHeldToItsPace()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        await Publisher.PublishAsync(topic, [.. Enumerable.Range(0, 40_000).Select(i => TestRecords.Record($"k{i}", $"v{i}"))], Cancellation);
        var ends = await Topics.GetOffsetsAsync(topic, Cancellation);
        var done = new int[2];
        await using var consumer = Create(new GroupConsumerOptions(_group, topic) { MaxBatchRecords = 50 }, async (partition, records, _, token) =>
        {
            // Slower than the others by far, yet faster than the patience of the poll thread.
            await (partition == 0 ? Task.Delay(100, token) : Task.CompletedTask);
            Interlocked.Add(ref done[partition], records.Length);
        });

        consumer.Start();
        await UntilAsync(() => Volatile.Read(ref done[1]) == ends[1].End);
        var slow = Volatile.Read(ref done[0]);
        await consumer.StopAsync(Cancellation);

        Assert.InRange(slow, 0, ends[0].End / 4);
    }

    [Fact]
    public async Task Poll_TakesTooLong_LosesThePartitionCancelsTheBatchAndCommitsNothing()
    {
        var topic = await CreateTopicAsync();
        await Publisher.PublishAsync(topic, TestRecords.Numbered("v", 10), Cancellation);
        var cancelled = new TaskCompletionSource();
        var again = new TaskCompletionSource<InputRecord[]>();
        using var blocked = new ManualResetEventSlim();
        var blocks = 0;
        var options = new GroupConsumerOptions(_group, topic)
        {
            ClientProperties = new Dictionary<string, string> { ["max.poll.interval.ms"] = "6000", ["session.timeout.ms"] = "6000" },
        };
        await using var consumer = new KafkaGroupConsumer<InputRecord>(
            _clients.Factory(_servers),
            options,
            record =>
            {
                // The last record's mapping holds the poll thread up, once the first batch is in hand.
                if (record.Offset == 10 && Interlocked.Increment(ref blocks) == 1)
                {
                    blocked.Wait(Cancellation);
                }

                return record;
            },
            async (_, records, _, token) =>
            {
                if (cancelled.Task.IsCompleted)
                {
                    again.TrySetResult(records);
                    return;
                }

                await Publisher.PublishAsync(topic, TestRecords.Numbered("last", 1), CancellationToken.None);
                await using var registration = token.Register(() => cancelled.TrySetResult());
                await Task.Delay(Timeout.Infinite, token);
            },
            _logger);

        consumer.Start();
        await UntilAsync(() => Volatile.Read(ref blocks) > 0);
        await Task.Delay(TimeSpan.FromSeconds(8), Cancellation);
        Assert.Null((await Topics.GetCommittedAsync(_group, topic, Cancellation))[0].Offset);
        blocked.Set();
        await cancelled.Task.WaitAsync(Cancellation);

        Assert.Equal(0, (await again.Task.WaitAsync(Cancellation))[0].Offset);
        await consumer.StopAsync(Cancellation);
        Assert.Contains(_logger.Collector.GetSnapshot(), line => line.Id.Id == Lost && line.Message.EndsWith("lost.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Process_OneTinyRecord_DoesNotWaitForOthers()
    {
        var topic = await CreateTopicAsync(partitions: 4);
        var arrived = new SemaphoreSlim(0);
        await using var consumer = Create(new GroupConsumerOptions(_group, topic) { MaxBatchRecords = 100_000 }, (_, _, _, _) =>
        {
            arrived.Release();
            return Task.CompletedTask;
        });
        consumer.Start();
        await UntilAsync(() => consumer.IsReady);
        await Publisher.PublishAsync(topic, TestRecords.Numbered("first", 1), Cancellation);
        await arrived.WaitAsync(Cancellation);

        var waits = new List<TimeSpan>();
        for (var i = 0; i < 20; i++)
        {
            await Publisher.PublishAsync(topic, TestRecords.Numbered("one", 1), Cancellation);
            var published = TimeProvider.System.GetTimestamp();
            await arrived.WaitAsync(Cancellation);
            waits.Add(TimeProvider.System.GetElapsedTime(published));
        }

        await consumer.StopAsync(Cancellation);
        Assert.InRange(waits.Order().ElementAt(10), TimeSpan.Zero, TimeSpan.FromMilliseconds(90));
    }

    protected override async ValueTask<IRecordPublisher> CreatePublisherAsync()
    {
        _servers = await kafka.RequireServersAsync();
        return _clients.Publisher(_servers);
    }

    protected override ValueTask<ITopicClient> CreateTopicClientAsync() => new(_clients.Topics(_servers));

    protected override IConsumerGroupClient CreateGroups() => new KafkaConsumerGroups(_clients.Factory(_servers));

    protected override IGroupConsumer Create(GroupConsumerOptions options, ProcessBatch<InputRecord> process) =>
        new KafkaGroupConsumer<InputRecord>(_clients.Factory(_servers), options, record => record, process, _logger);

    /// <summary>Publishes to all partitions until it is told to stop.</summary>
    /// <returns>How many records these were.</returns>
    private async Task<int> PublishUntilAsync(string topic, CancellationToken stop)
    {
        var count = 0;
        while (!stop.IsCancellationRequested)
        {
            await Publisher.PublishAsync(topic, [.. Enumerable.Range(0, 20).Select(i => TestRecords.Record($"k{i}", $"v{count}"))], Cancellation);
            count += 20;
            await Task.Delay(50, CancellationToken.None);
        }

        return count;
    }

    /// <summary>Polls, for what no one signals; ends with the test's limit.</summary>
    private async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, Cancellation);
        }
    }
}
