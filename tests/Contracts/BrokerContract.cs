using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Contracts;

/// <summary>What both suites need: the broker's two ports, topics of their own, and a limit on every wait.</summary>
/// <remarks>Derived classes give the instances; a broker that is not there is a skip in <see cref="CreatePublisherAsync"/>.</remarks>
public abstract class BrokerContract : IAsyncLifetime
{
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(60);

    private CancellationTokenSource _limit = null!;

    protected IRecordPublisher Publisher { get; private set; } = null!;

    protected ITopicClient Topics { get; private set; } = null!;

    /// <summary>Ends with the test run, or when the test has taken too long.</summary>
    protected CancellationToken Cancellation => _limit.Token;

    public virtual async ValueTask InitializeAsync()
    {
        _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _limit.CancelAfter(WaitLimit);
        Publisher = await CreatePublisherAsync();
        Topics = await CreateTopicClientAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (Topics is not null)
        {
            await Topics.DisposeAsync();
        }

        if (Publisher is not null)
        {
            await Publisher.DisposeAsync();
        }

        _limit.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A new publisher on the broker under test; the caller disposes it.</summary>
    protected abstract ValueTask<IRecordPublisher> CreatePublisherAsync();

    /// <summary>A new topic client on the broker under test; the caller disposes it.</summary>
    protected abstract ValueTask<ITopicClient> CreateTopicClientAsync();

    /// <summary>A name that no other test uses; ordinal order of names is the order of <paramref name="hint"/>s.</summary>
    protected static string UniqueTopicName(string hint = "topic") => $"contract-{hint}-{Guid.NewGuid():N}";

    /// <summary>Creates a topic that keeps its records whatever their timestamp.</summary>
    protected async Task<string> CreateTopicAsync(int partitions = 1, long? maxRecordBytes = null)
    {
        var topic = UniqueTopicName();
        var specification = new TopicSpecification(topic, partitions)
        {
            Retention = Timeout.InfiniteTimeSpan,
            MaxRecordBytes = maxRecordBytes,
        };
        Assert.True(await Topics.CreateAsync(specification, Cancellation));
        return topic;
    }

    /// <summary>Everything that is in the topic now.</summary>
    protected async Task<List<InputRecord>> ReadAllAsync(string topic)
    {
        var records = new List<InputRecord>();
        await foreach (var record in Topics.ReadAsync(new ReadRequest(topic) { FromBeginning = true, Follow = false }, Cancellation))
        {
            records.Add(record);
        }

        return records;
    }
}
