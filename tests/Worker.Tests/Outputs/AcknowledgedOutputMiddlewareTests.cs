using System.Globalization;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Worker.Outputs;
using Microsoft.Extensions.Time.Testing;
using static KafkaFunctions.Worker.Tests.TextRecords;

namespace KafkaFunctions.Worker.Tests.Outputs;

public sealed class AcknowledgedOutputMiddlewareTests : IAsyncDisposable
{
    private readonly FakePublisher _publisher = new();
    private readonly FakeTimeProvider _time = new();

    public ValueTask DisposeAsync() => _publisher.DisposeAsync();

    [Fact]
    public async Task Invoke_BrokerHasNotAcknowledged_DoesNotEnd()
    {
        var acknowledged = new TaskCompletionSource();
        _publisher.Acknowledged = acknowledged.Task;
        await using var app = App();

        var invocation = app.InvokeAsync("Split", From(0, "a b"));
        await _publisher.Called.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(invocation.IsCompleted);
        acknowledged.SetResult();
        await invocation;

        Assert.Equal(["a", "b"], _publisher.Texts("words"));
    }

    [Fact]
    public async Task Invoke_ReturnOutput_LeavesNothingForTheBinding()
    {
        await using var app = App();

        await app.InvokeAsync("Split", From(0, "a b"));

        Assert.Empty(app.Sink.Left);
    }

    [Fact]
    public async Task Invoke_PropertyOutputs_ArePublishedAndLeftAsEmptyTexts()
    {
        await using var app = App();

        await app.InvokeAsync("Sort", From(0, "long words", "bee"));

        Assert.Equal(["long words"], _publisher.Texts("long"));
        Assert.Equal(["bee"], _publisher.Texts("short"));
        Assert.Equal(["Long", "Short"], app.Sink.Left.Keys.Order());
        Assert.All(app.Sink.Left.Values, value => Assert.Empty(Assert.IsType<string[]>(value)));
    }

    [Fact]
    public async Task Invoke_OneOutputFails_FailsAndTheNextRunPublishesTheSame()
    {
        _publisher.Fault = (_, topic, _) => topic == "short" ? Failed(topic) : null;
        await using var app = App(retries: 0);

        await Assert.ThrowsAsync<PublishException>(() => app.InvokeAsync("Sort", From(0, "long words", "bee", "ant")));
        _publisher.Fault = (_, _, _) => null;
        await app.InvokeAsync("Sort", From(0, "long words", "bee", "ant"));

        var identities = _publisher.Identities("long");
        Assert.Equal([identities[0], identities[0]], identities);
        Assert.Equal(["bee", "ant"], _publisher.Texts("short"));
    }

    [Fact]
    public async Task Invoke_PartOfABatchBecameVisible_RetryPublishesAllOfItAgain()
    {
        _publisher.Fault = (call, topic, _) => call == 1 ? Failed(topic) : null;
        _publisher.VisibleBeforeFault = 1;
        await using var app = App();

        await PassDelaysAsync(app.InvokeAsync("Split", From(0, "a b c")));

        Assert.Equal(["a", "a", "b", "c"], _publisher.Texts("words"));
        Assert.Equal(3, _publisher.Identities("words").Distinct().Count());
    }

    [Fact]
    public async Task Invoke_PublishKeepsFailing_TriesAsOftenAsSetThenFails()
    {
        _publisher.Fault = (_, topic, _) => Failed(topic);
        await using var app = App(retries: 3);

        await Assert.ThrowsAsync<PublishException>(() => PassDelaysAsync(app.InvokeAsync("Split", From(0, "a"))));

        Assert.Equal(4, _publisher.Calls);
        Assert.Equal(3, app.Logs.GetSnapshot().Count(line => line.Id.Id == 5001));
    }

    [Fact]
    public async Task Invoke_NoRetries_FailsAtOnce()
    {
        _publisher.Fault = (_, topic, _) => Failed(topic);
        await using var app = App(retries: 0);

        await Assert.ThrowsAsync<PublishException>(() => app.InvokeAsync("Split", From(0, "a")));

        Assert.Equal(1, _publisher.Calls);
    }

    [Fact]
    public async Task Invoke_TopicIsMissingForAWhile_Waits()
    {
        _publisher.Fault = (call, topic, _) => call <= 2 ? new TopicNotFoundException(topic) : null;
        await using var app = App();

        await PassDelaysAsync(app.InvokeAsync("Split", From(0, "a")));

        Assert.Equal(["a"], _publisher.Texts("words"));
    }

    [Fact]
    public async Task Invoke_CancelledWhilePublishing_Ends()
    {
        _publisher.Acknowledged = new TaskCompletionSource().Task;
        using var cancellation = new CancellationTokenSource();
        await using var app = App();

        var invocation = app.InvokeUntilAsync("Split", From(0, "a"), cancellation.Token);
        await _publisher.Called.Task.WaitAsync(TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => invocation);
        Assert.Empty(_publisher["words"]);
    }

    [Fact]
    public async Task Invoke_CancelledBetweenRetries_Ends()
    {
        _publisher.Fault = (_, topic, _) => Failed(topic);
        using var cancellation = new CancellationTokenSource();
        await using var app = App();

        var invocation = app.InvokeUntilAsync("Split", From(0, "a"), cancellation.Token);
        await _publisher.Called.Task.WaitAsync(TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => invocation);
    }

    [Fact]
    public async Task Invoke_RecordAsksToWait_PublishesNothingWaitsAndFails()
    {
        await using var app = App();

        var invocation = app.InvokeAsync("Split", From(0, "a", "poison", "wait", "b"));
        _time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(invocation.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        var error = await Assert.ThrowsAsync<BatchRetryException>(() => invocation);
        Assert.Equal("Split", error.Function);
        Assert.Contains("the dictionary is closed", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _publisher.Calls);
    }

    [Fact]
    public async Task Invoke_OutputsWithoutOrigin_HaveNoIdentity()
    {
        await using var app = App(typeof(OddFunctions));

        await app.InvokeAsync("NoOrigin", From(0, "a"));

        Assert.Equal([null], _publisher.Identities("outside"));
    }

    [Fact]
    public async Task Invoke_OutputOfAnotherType_SaysWhatToReturn()
    {
        await using var app = App(typeof(OddFunctions));

        var error = await Assert.ThrowsAsync<OutputTypeException>(() => app.InvokeAsync("Texts", From(0, "a")));

        Assert.Equal(("Texts", "$return"), (error.Function, error.Binding));
        Assert.Contains("OutputRecord[]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_TwoRunsInOneInvocation_Fails()
    {
        await using var app = App(typeof(OddFunctions));

        await Assert.ThrowsAsync<InvalidOperationException>(() => app.InvokeAsync("Twice", From(0, "a")));
    }

    [Fact]
    public async Task Invoke_TwoOutputsToOneTopic_ArePublishedInTheOrderOfTheirSources()
    {
        await using var app = App(typeof(OddFunctions));

        await app.InvokeAsync("OneTopic", From(0, "1", "10", "2", "20", "3"));

        Assert.Equal(["1", "10", "2", "20", "3"], _publisher.Texts("merged"));
        Assert.Equal(1, _publisher.Calls);
    }

    [Fact]
    public async Task Invoke_TraceHeaders_ArePassedOnToOutputsAndDeadLetters()
    {
        const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        (string, string?)[] headers = [("traceparent", Parent), ("tracestate", "vendor=1"), ("mine", null)];
        await using var app = App();

        await app.InvokeAsync("Split", [Record(0, "a", headers), Record(1, "poison", headers)]);

        foreach (var record in _publisher["words"].Concat(_publisher["lines.dlq"]))
        {
            Assert.Equal(
                [("traceparent", Parent), ("tracestate", "vendor=1"), ("mine", null)],
                record.Headers.Take(3).Select(header => (header.Key, header.ValueAsText)));
        }
    }

    private static PublishException Failed(string topic) => new(topic, "made to fail");

    private WorkerApp App(Type? functions = null, int? retries = null) => new()
    {
        Functions = [functions ?? typeof(WordFunctions)],
        Publisher = _publisher,
        Time = _time,
        Settings = retries is null ? [] : new() { ["Kafka:PublishRetries"] = retries.Value.ToString(CultureInfo.InvariantCulture) },
    };

    /// <summary>Lets the time between retries pass, however long it is.</summary>
    private async Task PassDelaysAsync(Task invocation)
    {
        while (!invocation.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await invocation;
    }
}
