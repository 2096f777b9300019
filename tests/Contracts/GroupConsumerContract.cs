using System.Collections.Concurrent;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Brokers.Consuming;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Contracts;

/// <summary>The promises of <see cref="IGroupConsumer"/>.</summary>
public abstract class GroupConsumerContract : BrokerContract
{
    private readonly ConcurrentQueue<(int Partition, InputRecord[] Records)> _batches = new();
    private readonly string _group = $"group-{Guid.NewGuid():N}";

    [Fact]
    public async Task Start_RecordsInSeveralPartitions_HandsOverEachOnceAndInOrder()
    {
        var topic = await FilledTopicAsync(partitions: 3, count: 500);

        await using (var consumer = Create(new GroupConsumerOptions(_group, topic) { MaxBatchRecords = 40 }, Keep))
        {
            consumer.Start();
            await UntilAsync(() => Seen().Count == 500);
            await consumer.StopAsync(Cancellation);
        }

        var expected = (await ReadAllAsync(topic)).GroupBy(record => record.Partition).ToDictionary(g => g.Key, g => g.Select(r => r.Offset).ToList());
        Assert.Equal(expected, Seen().GroupBy(record => record.Partition).ToDictionary(g => g.Key, g => g.Select(r => r.Offset).ToList()));
        Assert.All(_batches, batch => Assert.InRange(batch.Records.Length, 1, 40));
        Assert.All(_batches, batch => Assert.All(batch.Records, record => Assert.Equal(batch.Partition, record.Partition)));
    }

    [Fact]
    public async Task Start_Prepared_ReadsAll()
    {
        var topic = await FilledTopicAsync(partitions: 2, count: 100);
        await using var consumer = Create(new GroupConsumerOptions(_group, topic), Keep);
        consumer.Prepare();
        Assert.False(consumer.IsReady);

        consumer.Start();

        await UntilAsync(() => Seen().Count == 100);
        await consumer.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Stop_PreparedButNeverStarted_EndsAndHasReadNothing()
    {
        var topic = await FilledTopicAsync(partitions: 1, count: 10);
        await using var consumer = Create(new GroupConsumerOptions(_group, topic), Keep);
        consumer.Prepare();

        await consumer.StopAsync(Cancellation);

        Assert.Empty(_batches);
        Assert.False(consumer.IsReady);
    }

    [Fact]
    public async Task Stop_AfterBatches_HasCommittedTheOffsetAfterTheLast()
    {
        var topic = await FilledTopicAsync(partitions: 2, count: 100);

        await using (var consumer = Create(new GroupConsumerOptions(_group, topic), Keep))
        {
            consumer.Start();
            await UntilAsync(() => Seen().Count == 100);
            await consumer.StopAsync(Cancellation);
        }

        var ends = (await Topics.GetOffsetsAsync(topic, Cancellation)).Select(offsets => (long?)offsets.End);
        var committed = (await Topics.GetCommittedAsync(_group, topic, Cancellation)).Select(offset => offset.Offset);
        Assert.Equal(ends, committed);
    }

    [Fact]
    public async Task Stop_BatchInHand_WaitsForItAndCommitsIt()
    {
        var topic = await FilledTopicAsync(partitions: 1, count: 10);
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var consumer = Create(new GroupConsumerOptions(_group, topic) { MaxBatchRecords = 10 }, async (_, _, _, token) =>
        {
            entered.TrySetResult();
            await release.Task.WaitAsync(token);
        });
        consumer.Start();
        await entered.Task.WaitAsync(Cancellation);

        var stopping = consumer.StopAsync(Cancellation);
        Assert.False(stopping.IsCompleted);
        release.SetResult();
        await stopping.WaitAsync(Cancellation);

        Assert.NotNull((await Topics.GetCommittedAsync(_group, topic, Cancellation))[0].Offset);
    }

    [Fact]
    public async Task Stop_Cancelled_AbandonsTheBatchAndItIsReadAgain()
    {
        var topic = await FilledTopicAsync(partitions: 1, count: 10);
        var entered = new TaskCompletionSource();
        await using (var consumer = Create(new GroupConsumerOptions(_group, topic), async (_, _, _, token) =>
        {
            entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
        }))
        {
            consumer.Start();
            await entered.Task.WaitAsync(Cancellation);
            await consumer.StopAsync(new CancellationToken(canceled: true));
        }

        Assert.Null((await Topics.GetCommittedAsync(_group, topic, Cancellation))[0].Offset);
        await using var next = Create(new GroupConsumerOptions(_group, topic), Keep);
        next.Start();
        await UntilAsync(() => Seen().Count == 10);
        await next.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Process_OnePartitionIsSlow_OthersGoOn()
    {
        var topic = await FilledTopicAsync(partitions: 2, count: 400);
        var release = new TaskCompletionSource();
        await using var consumer = Create(new GroupConsumerOptions(_group, topic) { MaxBatchRecords = 5 }, async (partition, records, next, token) =>
        {
            if (partition == 0)
            {
                await release.Task.WaitAsync(token);
            }

            await Keep(partition, records, next, token);
        });
        var second = (await Topics.GetOffsetsAsync(topic, Cancellation))[1].End;
        consumer.Start();

        await UntilAsync(() => Seen().Count(record => record.Partition == 1) == second);
        Assert.DoesNotContain(Seen(), record => record.Partition == 0);
        release.SetResult();
        await UntilAsync(() => Seen().Count == 400);
        await consumer.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Start_GroupHasCommitted_GoesOnFromThere()
    {
        var topic = await FilledTopicAsync(partitions: 1, count: 10);
        await using (var first = Create(new GroupConsumerOptions(_group, topic), Keep))
        {
            first.Start();
            await UntilAsync(() => Seen().Count == 10);
            await first.StopAsync(Cancellation);
        }

        await Publisher.PublishAsync(topic, TestRecords.Numbered("later", 3), Cancellation);
        await using var second = Create(new GroupConsumerOptions(_group, topic), Keep);
        second.Start();
        await UntilAsync(() => Seen().Count >= 13);
        await second.StopAsync(Cancellation);

        Assert.Equal(Enumerable.Range(0, 13).Select(offset => (long)offset), Seen().Select(record => record.Offset));
    }

    [Fact]
    public async Task Process_Throws_IsReadAgain()
    {
        var topic = await FilledTopicAsync(partitions: 1, count: 10);
        var failed = false;
        await using var consumer = Create(new GroupConsumerOptions(_group, topic), (partition, records, next, token) =>
        {
            if (!failed)
            {
                failed = true;
                throw new InvalidOperationException("made to fail");
            }

            return Keep(partition, records, next, token);
        });
        consumer.Start();

        await UntilAsync(() => Seen().Count == 10);
        await consumer.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Forget_GroupWithOffsets_ReadsItsTopicAnew()
    {
        var topic = await FilledTopicAsync(partitions: 2, count: 100);
        await ReadToEndAsync(topic, 100);

        await using (var forgotten = await CreateGroups().ForgetAsync(_group, Cancellation))
        {
            Assert.True(forgotten.HadOffsets);
            Assert.All(await Topics.GetCommittedAsync(_group, topic, Cancellation), committed => Assert.Null(committed.Offset));
            Assert.True(await forgotten.IsUntouchedAsync(Cancellation));
        }

        await ReadToEndAsync(topic, 200);
        Assert.Equal(100, Seen().Select(record => (record.Partition, record.Offset)).Distinct().Count());
    }

    [Fact]
    public async Task Forget_GroupThatNobodyKnows_HadNoOffsets()
    {
        await using var forgotten = await CreateGroups().ForgetAsync(_group, Cancellation);

        Assert.False(forgotten.HadOffsets);
        Assert.True(await forgotten.IsUntouchedAsync(Cancellation));
    }

    [Fact]
    public async Task Forget_GroupWithAMember_IsRefusedAndKeepsItsOffsets()
    {
        var topic = await FilledTopicAsync(partitions: 1, count: 10);
        await ReadToEndAsync(topic, 10);
        await using var consumer = Create(new GroupConsumerOptions(_group, topic), Keep);
        consumer.Start();
        await Publisher.PublishAsync(topic, TestRecords.Numbered("later", 1), Cancellation);
        await UntilAsync(() => Seen().Count == 11);

        var error = await Assert.ThrowsAsync<ConsumerGroupInUseException>(() => CreateGroups().ForgetAsync(_group, Cancellation));
        await consumer.StopAsync(Cancellation);

        Assert.Equal(_group, error.ConsumerGroup);
        Assert.Equal(11, (await Topics.GetCommittedAsync(_group, topic, Cancellation)).Single().Offset);
    }

    [Fact]
    public async Task Forget_ConsumerIsStartedMeanwhile_IsKeptAwayOrShows()
    {
        var topic = await FilledTopicAsync(partitions: 1, count: 10);
        await ReadToEndAsync(topic, 10);
        await using var consumer = Create(new GroupConsumerOptions(_group, topic), Keep);

        await using (var forgotten = await CreateGroups().ForgetAsync(_group, Cancellation))
        {
            consumer.Start();
            await UntilAsync(() => consumer.IsReady);

            var isUntouched = await forgotten.IsUntouchedAsync(Cancellation);
            Assert.True(!isUntouched || Seen().Count == 10);
        }

        await UntilAsync(() => Seen().Count == 20);
        await consumer.StopAsync(Cancellation);
    }

    /// <summary>What tools do with groups of the broker under test.</summary>
    protected abstract IConsumerGroupClient CreateGroups();

    /// <summary>A consumer on the broker under test; the caller disposes it.</summary>
    protected abstract IGroupConsumer Create(GroupConsumerOptions options, ProcessBatch<InputRecord> process);

    private Task Keep(int partition, InputRecord[] records, long nextOffset, CancellationToken cancellationToken)
    {
        _batches.Enqueue((partition, records));
        return Task.CompletedTask;
    }

    /// <summary>Reads what the group has not, in a consumer's life of its own.</summary>
    private async Task ReadToEndAsync(string topic, int seen)
    {
        await using var consumer = Create(new GroupConsumerOptions(_group, topic), Keep);
        consumer.Start();
        await UntilAsync(() => Seen().Count == seen);
        await consumer.StopAsync(Cancellation);
    }

    private List<InputRecord> Seen() => [.. _batches.SelectMany(batch => batch.Records)];

    private async Task<string> FilledTopicAsync(int partitions, int count)
    {
        var topic = await CreateTopicAsync(partitions);
        await Publisher.PublishAsync(topic, [.. Enumerable.Range(0, count).Select(i => TestRecords.Record($"k{i % 50}", $"v{i}"))], Cancellation);
        return topic;
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
