using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Testing.Tests;

public sealed class PipelineTestTests
{
    [Fact]
    public async Task PipeAsync_OneByOne_ProcessesEachThroughAllFunctions()
    {
        await using var test = PipelineTest.Create(builder => builder
            .Add("Double", Processors.Double(), from: "in", to: "doubled")
            .Add("Sum", Processors.Sum(), from: "doubled", to: "sums"));
        var input = test.Input("in", Serdes.Utf8, Serdes.Int64);
        var sums = test.Output("sums", Serdes.Utf8, Serdes.Int64);

        await input.PipeAsync("a", 1);
        Assert.Equal(("a", 3), sums.ReadKeyValue());
        await input.PipeAsync("a", 2);
        Assert.Equal(("a", 9), sums.ReadKeyValue());

        Assert.True(sums.IsEmpty);
        Assert.Throws<InvalidOperationException>(() => sums.Read());
        Assert.Equal([1, 2, 2, 4], test.Output("doubled", Serdes.Utf8, Serdes.Int64).ReadAll().Select(record => record.Value));
    }

    [Theory]
    [InlineData(true, new long[] { 6 })]
    [InlineData(false, new long[] { 1, 3, 6 })]
    public async Task PipeAsync_ABatch_IsFoldedAsTheSettingSays(bool foldBatch, long[] expected)
    {
        await using var test = Sum(foldBatch);

        await test.Input("in", Serdes.Utf8, Serdes.Int64).PipeAsync([("a", 1), ("a", 2), ("a", 3)]);

        Assert.Equal(expected, test.Output("out", Serdes.Utf8, Serdes.Int64).ReadAll().Select(record => record.Value));
    }

    [Fact]
    public async Task PipeAsync_MaxBatchSize_CutsTheBatch()
    {
        await using var test = Sum(foldBatch: true, builder => builder.MaxBatchSize = 2);

        await test.Input("in", Serdes.Utf8, Serdes.Int64).PipeAsync([("a", 1), ("a", 2), ("a", 3)]);

        Assert.Equal([3, 6], test.Output("out", Serdes.Utf8, Serdes.Int64).ReadAll().Select(record => record.Value));
    }

    [Fact]
    public async Task Add_UntilTheRun_ProcessesNothing()
    {
        await using var test = Sum(foldBatch: false);
        var input = test.Input("in", Serdes.Utf8, Serdes.Int64);
        var output = test.Output("out", Serdes.Utf8, Serdes.Int64);

        input.Add("a", 1);
        Assert.True(output.IsEmpty);
        await test.RunAsync();

        Assert.Equal(1, output.Unread);
    }

    [Fact]
    public async Task Input_TimesHeadersAndPartition_AreTheRecords()
    {
        await using var test = PipelineTest.Create(builder => builder.Topic("in", 3).Add("Double", Processors.Double(), "in", "out"));
        var start = new DateTimeOffset(2030, 5, 1, 0, 0, 0, TimeSpan.Zero);
        var input = test.Input("in", Serdes.Utf8, Serdes.Int64, start, TimeSpan.FromSeconds(1));

        input.Add("a", 1, headers: [RecordHeader.FromText("h", "x")], partition: 2);
        input.Add("a", 2, timestamp: -5L, partition: 2);
        input.Add("a", 3, timestamp: start.AddDays(1), partition: 2);
        input.AdvanceTime(TimeSpan.FromMinutes(1));
        input.Add("a", 4, partition: 2);
        await test.RunAsync();

        var records = test.Output("in", Serdes.Utf8, Serdes.Int64).Records;
        Assert.All(records, record => Assert.Equal(2, record.Partition));
        Assert.Equal([start, DateTimeOffset.FromUnixTimeMilliseconds(-5), start.AddDays(1), start.AddSeconds(61)], records.Select(record => record.Time));
        Assert.Equal(start.AddDays(1), test.StreamTime("in", 2));
        Assert.Null(test.StreamTime("in", 0));
        var first = test.Output("out", Serdes.Utf8, Serdes.Int64).Read();
        Assert.Equal("x", first.Header("h"));
        Assert.Equal(start, first.Time);
        Assert.Equal("1;kafkafunctions;Double:2;0.0", first.Identity);
        Assert.Throws<ArgumentOutOfRangeException>(() => input.Add("a", 5, partition: 3));
    }

    [Fact]
    public async Task Input_WithoutKey_TakesPartitionsInTurn()
    {
        await using var test = PipelineTest.Create(builder => builder.Topic("in", 3).Add("Double", Processors.Double(), "in", "out"));

        await test.Input("in", Serdes.Utf8, Serdes.Int64).PipeAsync([(null, 1), (null, 2), (null, 3), (null, 4)]);

        Assert.Equal([0, 1, 2, 0], test.Output("in", Serdes.Utf8, Serdes.Int64).Records.Select(record => record.Partition));
    }

    [Fact]
    public async Task Output_ReadLastByKey_HasTheLastValues()
    {
        await using var test = Sum(foldBatch: false);
        var output = test.Output("out", Serdes.Utf8, Serdes.Int64);

        await test.Input("in", Serdes.Utf8, Serdes.Int64).PipeAsync([("a", 1), ("b", 5), ("a", 2)]);

        var last = output.ReadLastByKey();
        Assert.Equal(2, last.Count);
        Assert.Equal((3, 5), (last["a"], last["b"]));
        Assert.True(output.IsEmpty);
        Assert.Equal(3, output.Records.Count);
    }

    [Fact]
    public async Task Output_BytesOfAnotherType_SayWhere()
    {
        await using var test = Sum(foldBatch: false);
        await test.Input("in", Serdes.Utf8, Serdes.Int64).PipeAsync("a", 1);

        var error = Assert.Throws<SerializationException>(() => test.Output("out", Serdes.Utf8, Serdes.Int32).Read());

        Assert.StartsWith("Offset 0 of out/0 cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_Entries_AreWhatQueriesSee()
    {
        await using var test = Sum(foldBatch: true);
        var store = test.Store("sums", Serdes.Utf8, Serdes.Int64);
        Assert.Equal(0, store.Count);
        Assert.False(store.TryGet("a", out _));

        await test.Input("in", Serdes.Utf8, Serdes.Int64, DateTimeOffset.FromUnixTimeMilliseconds(7)).PipeAsync([("b", 5), ("a", 1), ("b", 2)]);

        Assert.Equal([("a", 1L), ("b", 7L)], store.All().Select(entry => (entry.Key!, entry.Value)));
        Assert.Equal((7L, 7L), (store["b"], store.Find("b")!.Timestamp));
        Assert.Equal(0, store.Get("c"));
        Assert.Throws<KeyNotFoundException>(() => store["c"]);
    }

    [Fact]
    public async Task RedeliverAsync_WithState_CountsNothingTwice()
    {
        await using var test = Sum(foldBatch: false);
        await test.Input("in", Serdes.Utf8, Serdes.Int64).PipeAsync([("a", 1), ("a", 2), ("a", 3)]);

        await test.RedeliverAsync("in", last: 2);
        test.Restart();
        await test.RedeliverAsync("in", last: 3);

        Assert.Equal(6, test.Store("sums", Serdes.Utf8, Serdes.Int64)["a"]);
        Assert.Equal(3, test.Output("out", Serdes.Utf8, Serdes.Int64).Deduplicated().Unread);
    }

    [Fact]
    public async Task Restart_BetweenBatches_GoesOnFromWhatIsStored()
    {
        await using var test = Sum(foldBatch: false);
        var input = test.Input("in", Serdes.Utf8, Serdes.Int64);
        await input.PipeAsync("a", 1);
        var before = test.Services;

        test.Restart();
        await input.PipeAsync("a", 2);

        Assert.NotSame(before, test.Services);
        Assert.Equal(3, test.Store("sums", Serdes.Utf8, Serdes.Int64)["a"]);
    }

    [Fact]
    public async Task Seed_TheSame_GivesTheSameRun()
    {
        var runs = new List<string>();
        foreach (var seed in new[] { 5, 5, 6, 7, 8 })
        {
            await using var test = Scenario.Of("pipeline").Create(foldBatch: true, builder =>
            {
                builder.Partitions = 3;
                builder.Seed = seed;
            });
            test.Inject(Fault.Rebalance, Step.AfterStateWrite, times: 3, skip: 1);
            await Scenario.Of("pipeline").RunAsync(test);
            runs.Add(string.Join('\n', test.Topics.SelectMany(topic => test.Output(topic, Serdes.Utf8, Serdes.Int64).Records.Select(record => $"{record with { Headers = [] }}"))));
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.Contains(runs[2..], run => run != runs[0]);
    }

    private static PipelineTest Sum(bool foldBatch, Action<PipelineTestBuilder>? configure = null) => PipelineTest.Create(builder =>
    {
        builder.FoldBatch = foldBatch;
        builder.Add("Sum", Processors.Sum(), "in", "out");
        configure?.Invoke(builder);
    });
}
