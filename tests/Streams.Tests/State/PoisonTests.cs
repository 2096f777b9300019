using System.Globalization;
using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.Tests.Processing;
using static KafkaFunctions.Streams.Tests.State.StateApp;

namespace KafkaFunctions.Streams.Tests.State;

public sealed class PoisonTests : StateTest
{
    private int _calls;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Aggregate_ARecordThrows_OthersOfItsKeyGoOn(bool folds)
    {
        var app = new StateApp(Summing(), Storage) { Run = new StreamRunOptions { FoldBatch = folds } };

        var result = await app.BatchAsync(Record(0, "a", "1"), Record(1, "a", "oops"), Record(2, "a", "3"));

        Assert.Equal("a=4", app.Shown[^1]);
        Assert.Equal((1, 3), (result.Poison, result.Outcomes[1].Attempts));
        Assert.IsType<FormatException>(result.Outcomes[1].Error);
    }

    [Fact]
    public async Task Aggregate_ARecordThrowsOnce_IsTriedAgainFromTheStoredState()
    {
        var app = new StateApp(
            Source().GroupByKey(Serdes.Utf8).Aggregate(
                () => new List<string>(),
                (_, value, all) =>
                {
                    all.Add(value!);
                    return value == "b" && ++_calls == 1 ? throw new FormatException("once") : all;
                },
                "lists",
                new ListSerde()).ToStream().MapValues(all => string.Concat(all)).To(Serdes.Utf8, Serdes.Utf8!),
            Storage);

        var result = await app.BatchAsync(Record(0, "k", "a"), Record(1, "k", "b"), Record(2, "k", "c"));

        Assert.Equal(["k=abc"], app.Shown);
        Assert.Equal(0, result.Poison);
    }

    [Fact]
    public async Task Aggregate_RowBecomesTooLarge_TheRecordToBlameIsPoisonAndTheNextInstanceSaysSo()
    {
        var large = new string('x', 500_000);
        var app = new StateApp(Joining(), Storage);

        var first = await app.ApplyAsync(Record(0, "a", large), Record(1, "a", large), Record(2, "a", "y"));
        var again = await new StateApp(Joining(), Storage).ApplyAsync(Record(0, "a", large), Record(1, "a", large), Record(2, "a", "y"));

        Assert.IsType<StateRowTooLargeException>(first.Outcomes[1].Error);
        Assert.Equal(typeof(StateRowTooLargeException).FullName, Assert.IsType<RecordFailedBeforeException>(again.Outcomes[1].Error).ErrorType);
        Assert.Equal((1, 1), (first.Poison, again.Poison));
        Assert.Equal(500_001, again.ToArray()[0].Value!.Length);
    }

    [Fact]
    public async Task Collect_KeyIsTooLong_IsPoison()
    {
        var app = new StateApp(Counting(), Storage);

        var result = await app.BatchAsync(Record(0, new string('k', 600), "x"), Record(1, "a", "x"));

        Assert.IsType<StateRowTooLargeException>(result.Outcomes[0].Error);
        Assert.Equal(["a=1"], app.Shown);
    }

    [Fact]
    public async Task Emission_OperatorBehindThrows_RecordIsPoisonAndItsStateStays()
    {
        var app = new StateApp(
            Source().GroupByKey(Serdes.Utf8).Count("counts").ToStream()
                .MapValues(count => count == 2 ? throw new FormatException("two") : count.ToString(CultureInfo.InvariantCulture))
                .To(Serdes.Utf8, Serdes.Utf8!),
            Storage);

        await app.BatchAsync(Record(0, "a", "x"));
        var result = await app.BatchAsync(Record(1, "a", "x"), Record(2, "b", "x"));
        await app.BatchAsync(Record(3, "a", "x"));

        Assert.Equal(1, result.Poison);
        Assert.Equal(["a=1", "b=1", "a=3"], app.Shown);
    }

    [Fact]
    public async Task Aggregate_RecordAsksToWait_NothingIsWritten()
    {
        var isOpen = false;
        var app = new StateApp(
            Source().GroupByKey(Serdes.Utf8).Aggregate(
                () => 0L,
                (_, value, sum) => value == "wait" && !isOpen ? throw new RetryRecordException(TimeSpan.FromSeconds(3), "closed") : sum + 1,
                "sums",
                Serdes.Int64).ToStream().MapValues(sum => sum.ToString(CultureInfo.InvariantCulture)).To(Serdes.Utf8, Serdes.Utf8!),
            Storage);

        var stopped = await app.BatchAsync(Record(0, "a", "x"), Record(1, "a", "wait"));
        isOpen = true;
        await app.BatchAsync(Record(0, "a", "x"), Record(1, "a", "wait"));

        Assert.Equal((1, TimeSpan.FromSeconds(3)), (stopped.StoppedAt, stopped.Outcomes[1].RetryAfter));
        Assert.Null(stopped.Completion);
        Assert.Equal(["a=2"], app.Shown);
    }

    [Fact]
    public async Task Aggregate_MissingKeyOrValue_IsIgnored()
    {
        var app = new StateApp(Counting(), Storage);

        var result = await app.BatchAsync(Record(0, null, "x"), Record(1, "a", null), Record(2, "a", "x"));

        Assert.Equal((2, 0), (result.Dropped, result.Poison));
        Assert.Equal(["a=1"], app.Shown);
    }

    [Fact]
    public async Task Aggregate_ResultTime_IsTheHighest()
    {
        var app = new StateApp(Counting(), Storage);

        await app.BatchAsync(Record(0, "a", "x", 5_000), Record(1, "a", "x", 1_000));
        await app.BatchAsync(Record(2, "a", "x", 2_000));

        Assert.Equal([5_000L, 5_000L], app.Published.Select(record => record.Timestamp));
    }

    private static StreamProcessor Summing() => Source().GroupByKey(Serdes.Utf8)
        .Aggregate(() => 0L, (_, value, sum) => sum + long.Parse(value!, CultureInfo.InvariantCulture), "sums", Serdes.Int64)
        .ToStream().MapValues(sum => sum.ToString(CultureInfo.InvariantCulture)).To(Serdes.Utf8, Serdes.Utf8!);

    private static StreamProcessor Joining() => Source().GroupByKey(Serdes.Utf8)
        .Reduce((all, value) => all + value, "texts", Serdes.Utf8).ToStream().ToText();

    private sealed class ListSerde : ISerde<List<string>>
    {
        public List<string> Deserialize(byte[]? bytes) => [.. Serdes.Utf8.Deserialize(bytes)!.Split(',', StringSplitOptions.RemoveEmptyEntries)];

        public byte[]? Serialize(List<string> value) => Serdes.Utf8.Serialize(string.Join(',', value));
    }
}
