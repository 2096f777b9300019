using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using static KafkaFunctions.Contracts.TestRecords;

namespace KafkaFunctions.Contracts;

/// <summary>Every promise of <see cref="ITopicClient"/>; each implementation inherits it.</summary>
public abstract class TopicClientContract : BrokerContract
{
    /// <summary>Commits offsets for a consumer group, by whatever way the broker's consumers do.</summary>
    protected abstract Task CommitAsync(string consumerGroup, string topic, IReadOnlyDictionary<int, long> offsets);

    [Fact]
    public async Task ListAsync_AfterCreation_HasTopicsByName()
    {
        string[] names = [UniqueTopicName("b"), UniqueTopicName("A"), UniqueTopicName("a")];
        foreach (var name in names)
        {
            await Topics.CreateAsync(new TopicSpecification(name, 3), Cancellation);
        }

        var topics = await Topics.ListAsync(Cancellation);

        Assert.Equal(topics.OrderBy(t => t.Name, StringComparer.Ordinal), topics);
        Assert.All(names, name => Assert.Contains(new TopicDescription(name, 3), topics));
        Assert.DoesNotContain(topics, topic => topic.Name.StartsWith("__", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FindAsync_ExistingTopic_DescribesIt()
    {
        var topic = await CreateTopicAsync(partitions: 5);

        Assert.Equal(new TopicDescription(topic, 5), await Topics.FindAsync(topic, Cancellation));
    }

    [Fact]
    public async Task FindAsync_UnknownTopic_IsNullAndDoesNotCreateIt()
    {
        var topic = UniqueTopicName();

        Assert.Null(await Topics.FindAsync(topic, Cancellation));
        Assert.Null(await Topics.FindAsync(topic, Cancellation));
        Assert.DoesNotContain(await Topics.ListAsync(Cancellation), t => t.Name == topic);
    }

    [Fact]
    public async Task CreateAsync_NewTopic_IsTrueAndEmpty()
    {
        var topic = UniqueTopicName();

        Assert.True(await Topics.CreateAsync(new TopicSpecification(topic, 2), Cancellation));

        Assert.Equal(new TopicDescription(topic, 2), await Topics.FindAsync(topic, Cancellation));
        Assert.Empty(await ReadAllAsync(topic));
    }

    [Fact]
    public async Task CreateAsync_ExistingTopic_IsFalseAndLeavesIt()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        await Publisher.PublishAsync(topic, [Record("k", "v")], Cancellation);

        Assert.False(await Topics.CreateAsync(new TopicSpecification(topic, 9), Cancellation));

        Assert.Equal(2, (await Topics.FindAsync(topic, Cancellation))!.Partitions);
        Assert.Single(await ReadAllAsync(topic));
    }

    [Fact]
    public async Task CreateAsync_Concurrently_OneWins()
    {
        var specification = new TopicSpecification(UniqueTopicName(), 1);

        var created = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Topics.CreateAsync(specification, Cancellation)));

        Assert.Single(created, won => won);
    }

    [Fact]
    public async Task CreateAsync_LongestNameAndEveryAllowedCharacter_Succeeds()
    {
        var topic = UniqueTopicName("AZaz09._-").PadRight(TopicSpecification.MaxNameLength, 'x');

        Assert.True(await Topics.CreateAsync(new TopicSpecification(topic, 1), Cancellation));

        Assert.NotNull(await Topics.FindAsync(topic, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("with space")]
    [InlineData("with/slash")]
    [InlineData("umläut")]
    [InlineData("colon:1")]
    [InlineData("null\0")]
    [InlineData("line\n")]
    public async Task CreateAsync_InvalidName_Throws(string name) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Topics.CreateAsync(new TopicSpecification(name, 1), Cancellation));

    [Fact]
    public async Task CreateAsync_NameTooLong_Throws()
    {
        var name = new string('x', TopicSpecification.MaxNameLength + 1);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Topics.CreateAsync(new TopicSpecification(name, 1), Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task CreateAsync_NoPartition_Throws(int partitions) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Topics.CreateAsync(new TopicSpecification(UniqueTopicName(), partitions), Cancellation));

    [Fact]
    public async Task CreateAsync_NegativeLimits_Throw()
    {
        var specification = new TopicSpecification(UniqueTopicName(), 1);

        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Topics.CreateAsync(specification with { MaxRecordBytes = -1 }, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Topics.CreateAsync(specification with { Retention = TimeSpan.FromSeconds(-5) }, Cancellation));
        Assert.Null(await Topics.FindAsync(specification.Name, Cancellation));
    }

    [Fact]
    public async Task GetOffsetsAsync_NewTopic_IsZeroForEveryPartition()
    {
        var topic = await CreateTopicAsync(partitions: 3);

        Assert.Equal(
            [new PartitionOffsets(0, 0, 0), new PartitionOffsets(1, 0, 0), new PartitionOffsets(2, 0, 0)],
            await Topics.GetOffsetsAsync(topic, Cancellation));
    }

    [Fact]
    public async Task GetOffsetsAsync_AfterPublishing_EndIsTheNextOffset()
    {
        var topic = await CreateTopicAsync(partitions: 3);
        OutputRecord[] records = [.. Enumerable.Range(0, 40).Select(i => Record($"k{i}", "v"))];
        await Publisher.PublishAsync(topic, records, Cancellation);

        var offsets = await Topics.GetOffsetsAsync(topic, Cancellation);

        Assert.Equal(
            Enumerable.Range(0, 3).Select(p => new PartitionOffsets(p, 0, records.Count(r => r.Position!.Value.Partition == p))),
            offsets);
    }

    [Fact]
    public async Task GetCommittedAsync_UnknownGroup_IsNullForEveryPartition()
    {
        var topic = await CreateTopicAsync(partitions: 2);

        Assert.Equal(
            [new CommittedOffset(0, null), new CommittedOffset(1, null)],
            await Topics.GetCommittedAsync(UniqueTopicName("group"), topic, Cancellation));
    }

    [Fact]
    public async Task GetCommittedAsync_AfterCommit_IsWhatWasCommittedForThatTopicAlone()
    {
        var topic = await CreateTopicAsync(partitions: 3);
        var other = await CreateTopicAsync();
        var group = UniqueTopicName("group");
        await Publisher.PublishAsync(topic, [.. Enumerable.Range(0, 60).Select(i => Record($"k{i}", "v"))], Cancellation);
        await CommitAsync(group, topic, new Dictionary<int, long> { [0] = 3, [2] = 5 });

        var committed = await Topics.GetCommittedAsync(group, topic, Cancellation);
        var committedOfOther = await Topics.GetCommittedAsync(group, other, Cancellation);

        Assert.Equal([new CommittedOffset(0, 3), new CommittedOffset(1, null), new CommittedOffset(2, 5)], committed);
        Assert.Equal([new CommittedOffset(0, null)], committedOfOther);
    }

    [Fact]
    public async Task EveryRead_UnknownTopic_Throws()
    {
        var topic = UniqueTopicName();

        var offsets = await Assert.ThrowsAsync<TopicNotFoundException>(() => Topics.GetOffsetsAsync(topic, Cancellation));
        var committed = await Assert.ThrowsAsync<TopicNotFoundException>(() => Topics.GetCommittedAsync("group", topic, Cancellation));
        var read = await Assert.ThrowsAsync<TopicNotFoundException>(() => ReadAllAsync(topic));

        Assert.Equal([topic, topic, topic], [offsets.Topic, committed.Topic, read.Topic]);
        Assert.Null(await Topics.FindAsync(topic, Cancellation));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public async Task ReadAsync_UnknownPartition_Throws(int partition)
    {
        var topic = await CreateTopicAsync(partitions: 2);

        var error = await Assert.ThrowsAsync<TopicNotFoundException>(
            () => TakeAsync(new ReadRequest(topic) { Partition = partition, FromBeginning = true, Follow = false }, 1));

        Assert.Equal(topic, error.Topic);
    }

    [Fact]
    public async Task ReadAsync_FromBeginningWithoutFollow_IsEverythingInOrderPerPartition()
    {
        var topic = await CreateTopicAsync(partitions: 4);
        OutputRecord[] records = [.. Enumerable.Range(0, 3_000).Select(i => Record($"k{i % 50}", $"{i}"))];
        await Publisher.PublishAsync(topic, records, Cancellation);

        var read = await ReadAllAsync(topic);

        Assert.Equal(records.Length, read.Count);
        foreach (var partition in read.GroupBy(r => r.Partition))
        {
            var expected = records.Where(r => r.Position!.Value.Partition == partition.Key).ToList();
            Assert.Equal(expected.Select(r => Text(r.Value)), partition.Select(r => Text(r.Value)));
            Assert.Equal(expected.Select(r => r.Position!.Value.Offset), partition.Select(r => r.Offset));
        }
    }

    [Fact]
    public async Task ReadAsync_OnePartition_IsThatPartitionAlone()
    {
        var topic = await CreateTopicAsync(partitions: 3);
        OutputRecord[] records = [.. Enumerable.Range(0, 60).Select(i => Record($"k{i}", $"{i}"))];
        await Publisher.PublishAsync(topic, records, Cancellation);

        var read = await TakeAsync(new ReadRequest(topic) { Partition = 1, FromBeginning = true, Follow = false }, int.MaxValue);

        Assert.Equal(records.Where(r => r.Position!.Value.Partition == 1).Select(r => Text(r.Value)), read.Select(r => Text(r.Value)));
    }

    [Fact]
    public async Task ReadAsync_FromEndWithoutFollow_IsNothing()
    {
        var topic = await CreateTopicAsync();
        await Publisher.PublishAsync(topic, Numbered("before", 3), Cancellation);

        Assert.Empty(await TakeAsync(new ReadRequest(topic) { Follow = false }, int.MaxValue));
    }

    [Fact]
    public async Task ReadAsync_WithoutFollow_StopsAtTheEndAsItWasAtTheStart()
    {
        var topic = await CreateTopicAsync();
        await Publisher.PublishAsync(topic, Numbered("before", 10), Cancellation);
        var read = new List<string>();

        await foreach (var record in Topics.ReadAsync(new ReadRequest(topic) { FromBeginning = true, Follow = false }, Cancellation))
        {
            read.Add(Text(record.Value));
            await Publisher.PublishAsync(topic, Numbered("during", 1), Cancellation);
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"before{i}"), read);
    }

    [Fact]
    public async Task ReadAsync_FromBeginningWithFollow_GoesOnWithNewRecords()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        await Publisher.PublishAsync(topic, [Record("k", "0")], Cancellation);
        var read = new List<string>();

        await foreach (var record in Topics.ReadAsync(new ReadRequest(topic) { FromBeginning = true }, Cancellation))
        {
            read.Add(Text(record.Value));
            if (read.Count == 5)
            {
                break;
            }

            await Publisher.PublishAsync(topic, [Record("k", $"{read.Count}")], Cancellation);
        }

        Assert.Equal(["0", "1", "2", "3", "4"], read);
    }

    [Fact]
    public async Task ReadAsync_FromEndWithFollow_IsOnlyWhatArrivesFromNowOn()
    {
        var topic = await CreateTopicAsync();
        await Publisher.PublishAsync(topic, Numbered("before", 3), Cancellation);
        await using var reader = Topics.ReadAsync(new ReadRequest(topic), Cancellation).GetAsyncEnumerator(Cancellation);

        // The read begins at some moment after this call, so records are published until one has been seen.
        var next = reader.MoveNextAsync().AsTask();
        do
        {
            await Publisher.PublishAsync(topic, Numbered("after", 1), Cancellation);
        }
        while (await Task.WhenAny(next, Task.Delay(20, Cancellation)) != next);

        Assert.True(await next);
        Assert.Equal("after0", Text(reader.Current.Value));
        Assert.True(reader.Current.Offset >= 3);
    }

    [Fact]
    public async Task ReadAsync_CancelledWhileFollowing_Throws()
    {
        var topic = await CreateTopicAsync();
        await Publisher.PublishAsync(topic, Numbered("v", 1), Cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var read = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var record in Topics.ReadAsync(new ReadRequest(topic) { FromBeginning = true }, stop.Token))
            {
                read++;
                stop.CancelAfter(TimeSpan.FromMilliseconds(50));
            }
        });

        Assert.Equal(1, read);
    }

    [Fact]
    public async Task ReadAsync_Concurrently_ReadersDoNotShareRecords()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        await Publisher.PublishAsync(topic, Numbered("v", 500), Cancellation);

        var counts = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => (await ReadAllAsync(topic)).Count));

        Assert.Equal([500, 500, 500], counts);
    }

    private async Task<List<InputRecord>> TakeAsync(ReadRequest request, int count)
    {
        var records = new List<InputRecord>();
        await foreach (var record in Topics.ReadAsync(request, Cancellation))
        {
            records.Add(record);
            if (records.Count == count)
            {
                break;
            }
        }

        return records;
    }
}
