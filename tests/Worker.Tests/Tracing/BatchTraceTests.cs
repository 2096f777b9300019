using System.Diagnostics;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Tests.State;
using static KafkaFunctions.Worker.Tests.TextRecords;

namespace KafkaFunctions.Worker.Tests.Tracing;

public sealed class BatchTraceTests : IAsyncDisposable
{
    private const string First = "0af7651916cd43dd8448eb211c80319c";
    private const string Second = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Client = "b7ad6b7169203331";

    private readonly FakePublisher _publisher = new();

    [Fact]
    public async Task Invoke_RecordsOfOneTrace_AreASpanOfItThatOutputsCarry()
    {
        await using var app = App();
        using var spans = new SpanLog(First);

        await app.InvokeAsync("Split", [Record(0, "a b", Sampled(First)), Record(1, "c", Sampled(First))]);

        var span = Assert.Single(spans.ProcessingIn(First));
        Assert.Equal(("process lines", ActivityKind.Consumer, Client), (span.DisplayName, span.Kind, span.ParentSpanId.ToHexString()));
        Assert.Equal(("Split", "split", 2), (span.GetTagItem("faas.name"), span.GetTagItem("messaging.consumer.group.name"), span.GetTagItem("messaging.batch.message_count")));
        Assert.Equal(3, span.GetTagItem("kafkafunctions.records.out"));
        Assert.Equal(spans.OwnTrace, Assert.Single(span.Links).Context.TraceId.ToHexString());
        Assert.Equal([.. Enumerable.Repeat(span.Id, 3)], _publisher["words"].Select(TraceParent));
    }

    /// <summary>As records of a request come that went through two partitions.</summary>
    [Fact]
    public async Task Invoke_RecordsOfOneTraceFromSeveralSpans_AreOneSpanThatLinksToTheOthers()
    {
        const string Other = "c7ad6b7169203332";
        await using var app = App();
        using var spans = new SpanLog(First);

        await app.InvokeAsync("Split", [Record(0, "a", Sampled(First)), Record(1, "b", ("traceparent", $"00-{First}-{Other}-01")), Record(2, "c", Sampled(First))]);

        var span = Assert.Single(spans.ProcessingIn(First));
        Assert.Equal((Client, 3), (span.ParentSpanId.ToHexString(), Count(span)));
        Assert.Equal([spans.OwnTrace, First], span.Links.Select(link => link.Context.TraceId.ToHexString()));
        Assert.Equal(Other, span.Links.Last().Context.SpanId.ToHexString());
        Assert.Equal([.. Enumerable.Repeat(span.Id, 3)], _publisher["words"].Select(TraceParent));
    }

    [Fact]
    public async Task Invoke_RecordsOfSeveralTraces_AreASpanInEachAndOneForAll()
    {
        await using var app = App();
        using var spans = new SpanLog(First, Second);

        await app.InvokeAsync("Split", [Record(0, "a", Sampled(First)), Record(1, "b", Sampled(Second)), Record(2, "c"), Record(3, "d", Sampled(First))]);

        var batch = Assert.Single(spans.ProcessingIn(spans.OwnTrace));
        var (first, second) = (Assert.Single(spans.ProcessingIn(First)), Assert.Single(spans.ProcessingIn(Second)));
        Assert.Equal([First, Second], batch.Links.Select(link => link.Context.TraceId.ToHexString()));
        Assert.All([first, second], span => Assert.Equal(batch.SpanId, Assert.Single(span.Links).Context.SpanId));
        Assert.Equal((4, 2, 1), (Count(batch), Count(first), Count(second)));
        Assert.Equal([first.Id, second.Id, null, first.Id], _publisher["words"].Select(TraceParent));
    }

    [Fact]
    public async Task Invoke_TracesThatAreNotRecorded_ArePassedOnAsTheyCame()
    {
        await using var app = App();
        using var spans = new SpanLog(First, Second);

        await app.InvokeAsync("Split", [Record(0, "a", Unsampled(First)), Record(1, "b", Sampled(Second)), Record(2, "c", ("traceparent", "nonsense"))]);

        Assert.Empty(spans.ProcessingIn(First));
        Assert.Equal([Unsampled(First).Value, Assert.Single(spans.ProcessingIn(Second)).Id, "nonsense"], _publisher["words"].Select(TraceParent));
    }

    [Fact]
    public async Task Invoke_MoreSpansThanAllowed_PassesTheFurtherTracesOn()
    {
        await using var app = App(("Telemetry:RecordSpansPerSecond", "1"));
        using var spans = new SpanLog(First, Second);

        await app.InvokeAsync("Split", [Record(0, "a", Sampled(First)), Record(1, "b", Sampled(Second)), Record(2, "c", Sampled(First))]);

        var first = Assert.Single(spans.ProcessingIn(First));
        Assert.Empty(spans.ProcessingIn(Second));
        Assert.Equal([first.Id, Sampled(Second).Value, first.Id], _publisher["words"].Select(TraceParent));
    }

    [Fact]
    public async Task Invoke_PublishThatFails_MarksTheSpans()
    {
        _publisher.Fault = (_, topic, _) => new PublishException(topic, "made to fail");
        await using var app = App(("Kafka:PublishRetries", "0"));
        using var spans = new SpanLog(First, Second);

        await Assert.ThrowsAsync<PublishException>(() => app.InvokeAsync("Split", [Record(0, "a", Sampled(First)), Record(1, "b", Sampled(Second))]));

        Assert.All(
            [Assert.Single(spans.ProcessingIn(spans.OwnTrace)), Assert.Single(spans.ProcessingIn(First)), Assert.Single(spans.ProcessingIn(Second))],
            span => Assert.Equal((ActivityStatusCode.Error, typeof(PublishException).FullName), (span.Status, span.GetTagItem("error.type"))));
    }

    [Fact]
    public async Task Invoke_FunctionWithState_HasItsStoreInTheTrace()
    {
        await using var app = new WorkerApp { Functions = [typeof(CountFunctions)], Publisher = _publisher };
        using var spans = new SpanLog(First);

        await app.InvokeAsync("Count", [Record(0, "a", Sampled(First))]);

        var process = Assert.Single(spans.ProcessingIn(First));
        var state = spans.Of("KafkaFunctions.Streams").Where(span => span.TraceId.ToHexString() == First).ToList();
        Assert.Equal(["apply", "commit"], state.Select(span => span.DisplayName.Split(' ')[0]));
        Assert.All(state, span => Assert.Equal(process.SpanId, span.ParentSpanId));
        Assert.Equal(process.Id, TraceParent(Assert.Single(_publisher["counts"])));
    }

    public ValueTask DisposeAsync() => _publisher.DisposeAsync();

    private static (string Key, string? Value) Sampled(string trace) => ("traceparent", $"00-{trace}-{Client}-01");

    private static (string Key, string? Value) Unsampled(string trace) => ("traceparent", $"00-{trace}-{Client}-00");

    private static string? TraceParent(OutputRecord record) =>
        record.Headers.FirstOrDefault(header => header.Key == HeaderNames.TraceParent) is { Key: not null } header ? header.ValueAsText : null;

    private static int Count(Activity span) => (int)span.GetTagItem("messaging.batch.message_count")!;

    private WorkerApp App(params (string Name, string Value)[] settings) => new()
    {
        Functions = [typeof(WordFunctions)],
        Publisher = _publisher,
        Settings = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value),
    };
}
