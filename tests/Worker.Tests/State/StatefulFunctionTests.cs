using KafkaFunctions.Kafka;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.State.Queries;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using static KafkaFunctions.Worker.Tests.TextRecords;

namespace KafkaFunctions.Worker.Tests.State;

public sealed class StatefulFunctionTests : IAsyncDisposable
{
    private readonly FakePublisher _publisher = new();
    private readonly InMemoryStateStorage _storage = new();
    private readonly StateLog _log = new();

    public StatefulFunctionTests() => _storage.Hook = _log;

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task Invoke_OutputsAreNotAcknowledged_WritesNoProgress()
    {
        var acknowledged = new TaskCompletionSource();
        _publisher.Acknowledged = acknowledged.Task;
        await using var app = App();

        var invocation = app.InvokeAsync("Count", Words(0, "a", "b", "a"));
        await _publisher.Called.Task.WaitAsync(TestContext.Current.CancellationToken);
        var before = _log.Progress;
        acknowledged.SetResult();
        await invocation;

        Assert.Equal((0, 1), (before, _log.Progress));
        Assert.Equal(["1", "2"], _publisher.Texts("counts"));
    }

    [Fact]
    public async Task Invoke_DeadLetterIsNotPublished_WritesNoProgressAndTheNextRunPublishesTheSame()
    {
        _publisher.Fault = (_, topic, _) => topic == "words.dlq" ? new PublishException(topic, "no room", null) : null;
        await using var app = App();

        await Assert.ThrowsAsync<PublishException>(() => app.InvokeAsync("Count", Words(0, "a", "poison", "a")));
        var before = _log.Progress;
        _publisher.Fault = (_, _, _) => null;
        await app.InvokeAsync("Count", Words(0, "a", "poison", "a"));

        Assert.Equal((0, 1), (before, _log.Progress));
        Assert.Equal(["poison"], _publisher.Texts("words.dlq"));
        Assert.Equal(["2", "2"], _publisher.Texts("counts"));
        Assert.Single(_publisher.Identities("counts").Distinct());
        Assert.Equal(2, await CountOf("a"));
    }

    [Fact]
    public async Task Invoke_PoisonOfAnEarlierInstance_IsADeadLetterOfTheSameType()
    {
        _publisher.Fault = (_, topic, _) => topic == "words.dlq" ? new PublishException(topic, "no room", null) : null;
        await using (var first = App())
        {
            await Assert.ThrowsAsync<PublishException>(() => first.InvokeAsync("Count", Words(0, "poison")));
        }

        _publisher.Fault = (_, _, _) => null;
        await using var second = App();
        await second.InvokeAsync("Count", Words(0, "poison"));

        var letter = Assert.Single(_publisher["words.dlq"]);
        Assert.Equal("System.FormatException", letter.Headers.Single(header => header.Key == HeaderNames.DeadLetterErrorType).ValueAsText);
    }

    [Fact]
    public async Task Invoke_CopiesFromAFunctionOfTheApp_CountOnce()
    {
        await using var app = App();
        await app.InvokeAsync("Split", From(0, "a b"));
        await app.InvokeAsync("Split", From(0, "a b"));
        KafkaRecord[] words = [.. _publisher["words"].Select((record, i) => Delivered(record, "words", 0, i))];

        await app.InvokeAsync("Count", words);

        Assert.Equal(4, words.Length);
        Assert.Equal((1L, 1L), (await CountOf("a"), await CountOf("b")));
    }

    [Fact]
    public async Task Invoke_RowMovedOnInBetween_PublishesItsCurrentValueAfterOurs()
    {
        await using var other = App();
        await using var app = App();
        _publisher.Fault = (call, _, _) =>
        {
            if (call == 1)
            {
                other.InvokeAsync("Count", Words(0, 1, "a")).GetAwaiter().GetResult();
            }

            return null;
        };

        await app.InvokeAsync("Count", Words(0, "a"));

        Assert.Equal(["2", "1", "2"], _publisher.Texts("counts"));
        Assert.Equal([true, true, false], _publisher.Identities("counts").Select(identity => identity is not null));
        Assert.Equal(["2", "1", "2"], _publisher["counts"].Select(record => record.Headers.Single(header => header.Key == HeaderNames.Version).ValueAsText));
    }

    [Fact]
    public async Task Invoke_OutputsAreLeftToTheBinding_IsRefused()
    {
        await using var app = App(("Kafka:OutputDelivery", "Binding"));

        var error = await Assert.ThrowsAsync<KafkaSettingsException>(() => app.InvokeAsync("Count", Words(0, "a")));

        Assert.Contains("Kafka__OutputDelivery=Acknowledged", error.Message, StringComparison.Ordinal);
        Assert.Empty(_log.Written);
    }

    [Fact]
    public async Task Settings_BucketsOfAStore_AreThose()
    {
        await using var app = App(("State:Stores:word-counts:Buckets", "1"));

        await app.InvokeAsync("Count", Words(0, "a", "b", "c", "d"));

        Assert.Equal(["progress", "0000", "progress"], _log.Written.Select(bucket => bucket.ToString()));
    }

    private async Task<long> CountOf(string word)
    {
        var entry = await new StateReader(_storage).GetAsync("word-counts", Bytes(word), TestContext.Current.CancellationToken);
        return Serdes.Int64.Deserialize(entry!.Value);
    }

    private static KafkaRecord[] Words(long offset, params string[] words) => Words(offset, 0, words);

    private static KafkaRecord[] Words(long offset, int partition, params string[] words)
    {
        var records = From(offset, words);
        Array.ForEach(records, record => (record.Topic, record.Partition) = ("words", partition));
        return records;
    }

    private WorkerApp App(params (string Key, string Value)[] settings) => new()
    {
        Functions = [typeof(WordFunctions), typeof(CountFunctions)],
        Publisher = _publisher,
        Settings = settings.Append(("Kafka:PublishRetries", "0")).ToDictionary(pair => pair.Item1, pair => (string?)pair.Item2),
        Configure = builder => builder.Services.AddSingleton<IStateStorage>(_storage),
    };
}
