using System.Globalization;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;
using KafkaFunctions.Streams.Tests.Processing;
using static KafkaFunctions.Streams.Tests.State.StateApp;

namespace KafkaFunctions.Streams.Tests.State;

public sealed class TableTests : StateTest
{
    private static readonly StreamRunOptions EveryUpdate = new() { FoldBatch = false };

    [Fact]
    public async Task From_OlderTimeAtALaterOffset_Wins()
    {
        var app = Start(Values().To(Serdes.Utf8, Serdes.Utf8));

        await app.BatchAsync(Record(0, "a", "1", 5_000), Record(1, "a", "2", 1_000));

        Assert.Equal(["a=1", "a=2"], app.Shown);
        Assert.Equal([5_000L, 1_000L], app.Published.Select(record => record.Timestamp));
    }

    [Theory]
    [InlineData(1_000, 1)]
    [InlineData(1_001, 1)]
    [InlineData(999, 2)]
    public async Task From_SameValue_ChangesNothingUnlessItsTimeIsOlder(long timestamp, int updates)
    {
        var app = Start(Values().To(Serdes.Utf8, Serdes.Utf8));

        await app.BatchAsync(Record(0, "a", "1"), Record(1, "a", "1", timestamp));

        Assert.Equal(updates, app.Published.Count);
    }

    [Fact]
    public async Task From_Tombstone_Deletes()
    {
        var app = Start(Values().To(Serdes.Utf8, Serdes.Utf8));

        await app.BatchAsync(Record(0, "a", "1"), Record(1, "a", null), Record(2, "a", null), Record(3, null, "x"));
        await app.BatchAsync(Record(4, "a", "1", 10));

        Assert.Equal(["a=1", "a=-", "a=1"], app.Shown);
        Assert.Equal(10, app.Published[2].Timestamp);
    }

    [Fact]
    public async Task Filter_ValueNoLongerHolds_IsATombstoneOnce()
    {
        var app = Start(Values().Filter((_, value) => value!.Length > 1).To(Serdes.Utf8, Serdes.Utf8));

        await app.BatchAsync(Record(0, "a", "1"), Record(1, "a", "22"), Record(2, "a", "3"), Record(3, "a", "4"), Record(4, "b", null));

        Assert.Equal(["a=22", "a=-"], app.Shown);
    }

    [Fact]
    public async Task MapValues_OfATable_MapsEachChange()
    {
        var app = Start(Values().FilterNot((_, value) => value == "no").MapValues(value => value + "!").ToStream().To(Serdes.Utf8, Serdes.Utf8!));

        await app.BatchAsync(Record(0, "a", "1"), Record(1, "a", "no"));

        Assert.Equal(["a=1!", "a=-"], app.Shown);
    }

    [Fact]
    public void ToStream_ValuesThatCannotBeNullAreDeleted_SaysWhatToDo()
    {
        var table = Source().GroupByKey(Serdes.Utf8).Count("counts").Filter((_, count) => count > 1);

        var error = Assert.Throws<InvalidOperationException>(table.ToStream);

        Assert.Contains("(Int64?)value", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_FilteredCounts_WritesTombstones()
    {
        var app = Start(Source().GroupByKey(Serdes.Utf8).Count("counts").Filter((_, count) => count == 1).To(Serdes.Utf8, Serdes.Int64));

        await app.BatchAsync(Record(0, "a", "x"), Record(1, "a", "x"));

        Assert.Equal([8, -1], app.Published.Select(record => record.Value?.Length ?? -1));
    }

    [Fact]
    public async Task GroupBy_ValueMovesToAnotherGroup_OldGroupFirst()
    {
        var app = Start(Grouped().Count("groups").MapValues(Text).To(Serdes.Utf8!, Serdes.Utf8!));

        await app.BatchAsync(Record(0, "a", "x:1"), Record(1, "b", "x:2"), Record(2, "a", "y:1"), Record(3, "b", null));

        Assert.Equal(["x=1", "x=2", "x=1", "y=1", "x=0"], app.Shown);
    }

    [Fact]
    public async Task GroupBy_ValueStaysInItsGroup_IsOneUpdate()
    {
        var app = Start(Grouped()
            .Aggregate(() => 0L, (_, item, sum) => sum + item, (_, item, sum) => sum - item, "groups", Serdes.Int64)
            .MapValues(Text)
            .To(Serdes.Utf8!, Serdes.Utf8!));

        await app.BatchAsync(Record(0, "a", "x:1"), Record(1, "b", "x:5"), Record(2, "a", "x:3"));

        Assert.Equal(["x=1", "x=6", "x=8"], app.Shown);
    }

    [Fact]
    public async Task GroupBy_Reduce_LeavesTheFirstAsItIs()
    {
        var app = Start(Grouped().Reduce((now, item) => now + item, (now, item) => now - item, "groups", Serdes.Int64).MapValues(Text).To(Serdes.Utf8!, Serdes.Utf8!));

        await app.BatchAsync(Record(0, "a", "x:4"), Record(1, "a", null), Record(2, "b", "x:6"));

        Assert.Equal(["x=4", "x=0", "x=6"], app.Shown);
    }

    [Fact]
    public async Task GroupBy_Emissions_CarryTheRowsVersion()
    {
        var app = Start(Grouped().Count("groups").MapValues(Text).To(Serdes.Utf8!, Serdes.Utf8!));

        await app.BatchAsync(Record(0, "a", "x:4"), Record(1, "b", "x:4"));

        Assert.Equal(["1", "2"], app.Published.Select(record => record.Headers.Single(header => header.Key == HeaderNames.Version).ValueAsText));
    }

    [Fact]
    public void Build_SecondOperatorWithState_SaysWhatToDo()
    {
        var source = Source();
        source.GroupByKey(Serdes.Utf8).Count("one");

        var error = Assert.Throws<InvalidOperationException>(() => source.GroupByKey(Serdes.Utf8).Count("two"));

        Assert.Contains("Write to a topic between", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OperatorWithState_NamesRunAsync()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Counting().Run(Record(0, "a", "x")));

        Assert.Contains("RunAsync", error.Message, StringComparison.Ordinal);
    }

    private static KTable<string?, string?> Values() => KTable.From(Serdes.Utf8, Serdes.Utf8, "values");

    /// <summary>"group:number" under any key.</summary>
    private static Streams.Aggregation.KGroupedTable<string, long> Grouped() => Values().GroupBy(
        (_, value) => KeyValue.Pair(value!.Split(':')[0], long.Parse(value.Split(':')[1], CultureInfo.InvariantCulture)),
        Serdes.Utf8!);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private StateApp Start(StreamProcessor processor) => new(processor, Storage) { Run = EveryUpdate };
}
