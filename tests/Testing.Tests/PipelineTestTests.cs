using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Testing.Tests;

public sealed class PipelineTestTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private static StreamProcessor Upper { get; } = KStream.From(Serdes.Utf8, Serdes.Utf8)
        .MapValues(value => value!.ToUpperInvariant())
        .To(Serdes.Utf8, Serdes.Utf8);

    private static StreamProcessor Count { get; } = KStream.From(Serdes.Utf8, Serdes.Utf8)
        .GroupByKey(Serdes.Utf8)
        .Count("counts")
        .ToStream()
        .To(Serdes.Utf8, Serdes.Int64);

    [Fact]
    public async Task PipeAsync_ThroughTwoProcessors_HasAllOfItProcessed()
    {
        await using var test = PipelineTest.Create(builder => builder
            .Add("Upper", Upper, from: "words", to: "upper")
            .Add("Count", Count, from: "upper", to: "counts"));
        var words = test.Input("words", Serdes.Utf8, Serdes.Utf8);
        var counts = test.Output("counts", Serdes.Utf8, Serdes.Int64);

        await words.PipeAsync("a", "x", cancellationToken: Stop);
        await words.PipeAsync("b", "y", cancellationToken: Stop);
        await words.PipeAsync("a", "z", cancellationToken: Stop);

        Assert.Equal([("a", 1), ("b", 1), ("a", 2)], counts.ReadKeyValues());
        Assert.True(counts.IsEmpty);
        Assert.Equal(["X", "Y", "Z"], test.Output("upper", Serdes.Utf8, Serdes.Utf8).ReadAll().Select(record => record.Value));
        Assert.Equal(2, test.Store("counts", Serdes.Utf8, Serdes.Int64)["a"]);
    }

    [Fact]
    public async Task PipeAsync_Crash_BeginsAnew()
    {
        await using var test = PipelineTest.Create(builder => builder.Add("Count", Count, from: "words", to: "counts"));
        var crash = test.Inject(Fault.Crash, Step.AfterStateWrite);

        await test.Input("words", Serdes.Utf8, Serdes.Utf8).PipeAsync([("a", "x"), ("b", "y"), ("a", "z")], Stop);

        Assert.True(crash.IsOver);
        Assert.Equal([("b", 1), ("a", 2)], test.Output("counts", Serdes.Utf8, Serdes.Int64).ReadKeyValues());
    }
}
