using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Queries;
using KafkaFunctions.Streams.Tables;
using KafkaFunctions.Streams.Tests.State;
using static KafkaFunctions.Streams.Tests.State.StateApp;

namespace KafkaFunctions.Streams.Tests.Joins;

/// <summary>Tables with a history, and streams joined with them, rule by rule.</summary>
public sealed class VersionedTableTests : StateTest
{
    private static readonly TableRef<string?, string?> Prices = new("prices", Serdes.Utf8, Serdes.Utf8);

    [Theory]
    [InlineData(999, "-")]
    [InlineData(1_000, "1")]
    [InlineData(1_999, "1")]
    [InlineData(2_000, "2")]
    [InlineData(2_001, "2")]
    [InlineData(2_999, "2")]
    [InlineData(3_000, "-")]
    [InlineData(3_001, "-")]
    public async Task LeftJoin_AsOfTheRecordsTime_FindsTheVersionThatHeld(long timestamp, string found)
    {
        await KeepAsync(1_000_000, Record(0, "a", "2", 2_000), Record(1, "a", null, 3_000), Record(2, "a", "1", 1_000));

        Assert.Equal($"a=x|{found} at {timestamp}", Assert.Single(await JoinAsync(Record(0, "a", "x", timestamp))));
    }

    [Fact]
    public async Task Join_NothingHeldAtTheRecordsTime_IsDropped()
    {
        await KeepAsync(1_000_000, Record(0, "a", "1", 1_000));
        var app = new StateApp(Source().Join(Prices, (order, price) => $"{order}|{price}").To(Serdes.Utf8, Serdes.Utf8!), Storage);

        await app.BatchAsync(Record(0, "a", "x", 999), Record(1, "a", "y", 1_000));

        Assert.Equal(["a=y|1"], app.Shown);
    }

    [Fact]
    public async Task Version_OfTheSameTime_TheLastByOffsetWins()
    {
        await KeepAsync(1_000_000, Record(0, "a", "1", 1_000), Record(1, "a", "2", 1_000));

        Assert.Equal(["a=x|2 at 1500"], await JoinAsync(Record(0, "a", "x", 1_500)));
    }

    [Fact]
    public async Task Tombstone_AtTheTimeOfItsValue_DeletesItAndOlderOnesStayHistory()
    {
        await KeepAsync(1_000_000, Record(0, "a", "1", 1_000), Record(1, "a", null, 1_000), Record(2, "a", "0", 500));

        Assert.Equal(["a=x|0 at 999", "a=y|- at 1000"], await JoinAsync(Record(0, "a", "x", 999), Record(1, "a", "y", 1_000)));
    }

    [Theory]
    [InlineData(9_001, 9_000, "1")]
    [InlineData(9_000, 8_999, "1")]
    [InlineData(8_999, 8_998, "-")]
    public async Task History_OfTheNewestVersion_KeepsTheOneThatHeldAtItsBegin(long second, long asOf, string found)
    {
        await KeepAsync(1_000, Record(0, "a", "1", 100), Record(1, "a", "2", second), Record(2, "a", "3", 9_999));

        Assert.Equal($"a=x|{found} at {asOf}", Assert.Single(await JoinAsync(Record(0, "a", "x", asOf))));
    }

    [Theory]
    [InlineData(8_998, "-")]
    [InlineData(8_999, "-")]
    [InlineData(9_000, "1")]
    public async Task History_UpdateFromBeforeIt_CountsOnlyWhereItHeldAtItsBegin(long next, string found)
    {
        await KeepAsync(1_000, Record(0, "a", "2", next), Record(1, "a", "3", 9_999), Record(2, "a", "1", 8_000));

        Assert.Equal([$"a=x|{found} at {next - 1}"], await JoinAsync(Record(0, "a", "x", next - 1)));
    }

    [Fact]
    public async Task Update_OlderThanTheNewest_ChangesNothingDownstream()
    {
        foreach (var folds in new[] { true, false })
        {
            var app = new StateApp(Table(1_000_000, folds ? "folded" : "unfolded").To(Serdes.Utf8, Serdes.Utf8), Storage) { Run = new StreamRunOptions { FoldBatch = folds } };

            await app.BatchAsync(Record(0, "a", "2", 2_000));
            await app.BatchAsync(Record(1, "a", "1", 1_999), Record(2, "a", null, 1_000));
            await app.BatchAsync(Record(3, "a", "3", 2_000));
            await app.BatchAsync(Record(4, "a", "4", 2_001));
            await app.BatchAsync(Record(5, "a", null, 2_002));

            Assert.Equal(["a=2", "a=3", "a=4", "a=-"], app.Shown);
            Assert.Equal([2_000L, 2_000, 2_001, 2_002], app.Published.Select(record => record.Timestamp));
        }
    }

    [Fact]
    public async Task SourceTable_SameValueWithANewerTime_ChangesNothingDownstreamButIsAVersion()
    {
        var app = await KeepAsync(1_000_000, Record(0, "a", "1", 1_000), Record(1, "a", "1", 3_000), Record(2, "a", "2", 2_000));

        Assert.Equal(["a=1"], app.Shown);
        Assert.Equal(["a=x|2 at 2999", "a=y|1 at 3000"], await JoinAsync(Record(0, "a", "x", 2_999), Record(1, "a", "y", 3_000)));
    }

    [Fact]
    public async Task Queries_OfATableWithAHistory_GiveTheNewestValue()
    {
        await KeepAsync(1_000_000, Record(0, "a", "2", 2_000), Record(1, "a", "1", 1_000), Record(2, "b", "1", 1_000), Record(3, "b", null, 2_000));

        var entry = Assert.Single((await new StateReader(Storage).ListAsync("prices", null, TestContext.Current.CancellationToken)).Entries);

        Assert.Equal(("a", "2", 2_000), (Serdes.Utf8.Deserialize(entry.Key), Serdes.Utf8.Deserialize(entry.Value), entry.Timestamp));
    }

    [Fact]
    public async Task Open_ATableWithoutHistoryOverOneWith_IsRefused()
    {
        await KeepAsync(1_000, Record(0, "a", "1"));
        var other = new StateApp(KTable.From(Serdes.Utf8, Serdes.Utf8, "prices").Build(), Storage) { Function = new StreamFunction("Prices", HonouredIdentities.None) };

        await Assert.ThrowsAsync<StoreMismatchException>(() => other.BatchAsync(Record(1, "a", "2")));
    }

    private static KTable<string?, string?> Table(long history, string store = "prices") => KTable.From(Serdes.Utf8, Serdes.Utf8, store, TimeSpan.FromMilliseconds(history));

    private async Task<StateApp> KeepAsync(long history, params InputRecord[] records)
    {
        var app = new StateApp(Table(history).To(Serdes.Utf8, Serdes.Utf8), Storage) { Function = new StreamFunction("Prices", HonouredIdentities.None) };
        foreach (var record in records)
        {
            await app.BatchAsync(record);
        }

        return app;
    }

    private async Task<string[]> JoinAsync(params InputRecord[] records)
    {
        var app = new StateApp(Source().LeftJoin(Prices, (order, price) => $"{order}|{price ?? "-"}").To(Serdes.Utf8, Serdes.Utf8!), Storage);
        await app.BatchAsync(records);
        return [.. app.Published.Select(record => $"{Show(record)} at {record.Timestamp}")];
    }
}
