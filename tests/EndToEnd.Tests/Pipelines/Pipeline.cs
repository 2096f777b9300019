using System.Net.Http.Headers;
using KafkaFunctions.EndToEnd.Tests.Harness;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.TestSupport;

namespace KafkaFunctions.EndToEnd.Tests.Pipelines;

/// <summary>The app with all of its functions, running on a broker that the tests read and write as well. Started by the first test
/// of a class.</summary>
public abstract class Pipeline : IAsyncDisposable
{
    public const string FunctionKey = "e2e-key";
    public const string MasterKey = "e2e-master";

    /// <summary>What <c>FilterEvents</c> lets pass.</summary>
    public const string Condition = "keep";

    /// <summary>Largest record of <c>output-topic</c>, less than what <c>input-topic</c> takes.</summary>
    public const int OutputLimit = 4096;

    private const int Partitions = 2;

    private Task? _started;
    private AppProcess? _app;

    /// <summary>Reads the topics.</summary>
    public abstract ITopicClient Topics { get; }

    /// <summary>Writes to the topics.</summary>
    public abstract IRecordPublisher Publisher { get; }

    internal AppFolder Folder { get; } = new();

    internal AppProcess App => _app!;

    internal Dictionary<string, string?> Settings { get; } = new()
    {
        ["FilterCondition"] = Condition,
        ["FunctionKey"] = FunctionKey,
        ["MasterKey"] = MasterKey,
        ["Host__Address"] = "127.0.0.1",
        ["Kafka__CreateTopics"] = "All",
        ["Kafka__Partitions"] = $"{Partitions}",
    };

    /// <summary>Starts it, once; skips the test where the broker is not to be had.</summary>
    public Task EnsureStartedAsync(RealKafka kafka) => _started ??= StartAsync(kafka);

    /// <summary>A client that shows the function key.</summary>
    public HttpClient CreateClient(string? key = FunctionKey)
    {
        var client = new HttpClient { BaseAddress = App.Address };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("x-functions-key", key);
        }

        return client;
    }

    /// <summary>Starts the app, again where it was stopped, and waits until it is ready.</summary>
    public async Task StartAppAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _app = AppProcess.StartHost(Folder, Settings);
        await _app.WaitUntilReadyAsync();
    }

    /// <summary>A topic's records that carry a mark, as they are now, ordered within each partition.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="isMarked">Whether a record is one of the test's.</param>
    public async Task<List<InputRecord>> ReadAsync(string topic, Predicate<InputRecord> isMarked)
    {
        var records = new List<InputRecord>();
        await foreach (var record in Topics.ReadAsync(new ReadRequest(topic) { FromBeginning = true, Follow = false }, TestContext.Current.CancellationToken))
        {
            if (isMarked(record))
            {
                records.Add(record);
            }
        }

        return records;
    }

    /// <summary>Waits until a topic has as many marked records.</summary>
    public async Task<List<InputRecord>> WaitForAsync(string topic, int count, Predicate<InputRecord> isMarked)
    {
        var found = 0;
        return await Poll.ForAsync(
            $"{count} records in {topic}",
            async () =>
            {
                var records = await ReadAsync(topic, isMarked);
                found = records.Count;
                return found >= count ? records : null;
            },
            () => $"There are {found}. The app printed:\n{App.Printed}");
    }

    /// <summary>Waits until a function has processed all that its topic holds.</summary>
    public Task WaitForNoLagAsync(string group, string topic) => Poll.UntilAsync(
        $"{group} to have processed {topic}",
        async () =>
        {
            var ends = await Topics.GetOffsetsAsync(topic, TestContext.Current.CancellationToken);
            var committed = await Topics.GetCommittedAsync(group, topic, TestContext.Current.CancellationToken);
            return ends.All(end => end.End == end.Start || committed.Any(offset => offset.Partition == end.Partition && offset.Offset == end.End));
        },
        () => App.Printed);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await CloseAsync();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the broker and adds to <see cref="Settings"/> how the app reaches it.</summary>
    protected abstract Task OpenAsync(RealKafka kafka);

    /// <summary>Closes what was opened.</summary>
    protected abstract ValueTask CloseAsync();

    private async Task StartAsync(RealKafka kafka)
    {
        await OpenAsync(kafka);
        await Topics.CreateAsync(new TopicSpecification("output-topic", Partitions) { MaxRecordBytes = OutputLimit, Retention = Timeout.InfiniteTimeSpan }, TestContext.Current.CancellationToken);
        await StartAppAsync();
    }
}
