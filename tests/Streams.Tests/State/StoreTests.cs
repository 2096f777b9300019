using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Queries;
using KafkaFunctions.Streams.State.Stores;
using static KafkaFunctions.Streams.Tests.State.StateApp;

namespace KafkaFunctions.Streams.Tests.State;

public sealed class StoreTests : StateTest
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_StoreOfAnotherFunction_IsRefusedAndLeftAsItIs()
    {
        await new StateApp(Counting(), Storage).BatchAsync(Record(0, "a", "x"));
        var other = new StateApp(Counting(), Storage) { Function = new StreamFunction("G", HonouredIdentities.None) };

        var error = await Assert.ThrowsAsync<StoreMismatchException>(() => other.BatchAsync(Record(0, "a", "x")));

        Assert.Equal(("counts", "app/F"), (error.Store, error.Owner));
        Assert.Equal(1, await Count("a"));
    }

    [Fact]
    public async Task Open_StoreOfTwoFunctions_IsThatOfBoth()
    {
        var runtime = new StateRuntime(Storage, "app");
        await runtime.OpenAsync("joined", ["A", "B"], "Join", Cancellation);

        await runtime.OpenAsync("joined", ["A", "B"], "Join", Cancellation);
        var error = await Assert.ThrowsAsync<StoreMismatchException>(async () => await runtime.OpenAsync("joined", ["A"], "Join", Cancellation));

        Assert.Equal("app/A+B", error.Owner);
        Assert.Equal(["A", "B"], (await new StateReader(Storage).DescribeAsync("joined", Cancellation))!.Functions);
    }

    [Fact]
    public async Task Open_OtherNumberOfBuckets_NamesTheSetting()
    {
        await new StateApp(Counting(), Storage).BatchAsync(Record(0, "a", "x"));

        var error = await Assert.ThrowsAsync<StoreMismatchException>(
            () => new StateApp(Counting(), Storage, new StateOptions { Buckets = 8 }).BatchAsync(Record(1, "a", "x")));

        Assert.Contains("State__Stores__counts__Buckets=64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Require_OtherNumberOfBuckets_NamesASettingThatAVariableCanHave()
    {
        var store = new StoreDescription("app", ["A"], 64, "Count");

        var error = Assert.Throws<StoreMismatchException>(() => store.Require("page-views", new StoreDescription("app", ["A"], 8, "Count")));

        Assert.Contains("State__Stores__page_views__Buckets=64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_StoreOfAnotherKind_IsRefused()
    {
        await new StateApp(Counting(), Storage).BatchAsync(Record(0, "a", "x"));
        var reduce = Source().GroupByKey(Serdes.Utf8).Reduce((_, value) => value, "counts", Serdes.Utf8).Build();

        await Assert.ThrowsAsync<StoreMismatchException>(() => new StateApp(reduce, Storage).BatchAsync(Record(1, "a", "x")));
    }

    [Theory]
    [InlineData("D")]
    [InlineData("P")]
    public async Task Open_NewerFormat_IsRefusedAndLeftAsItIs(string row)
    {
        await new StateApp(Counting(), Storage).BatchAsync(Record(0, "a", "x"));
        var store = await Storage.OpenAsync("counts", Cancellation);
        await foreach (var found in store.ScanAsync(StateBucket.Progress, StateRange.Prefix([(byte)row[0]]), Cancellation))
        {
            await store.WriteAsync(StateBucket.Progress, [new StateWrite(found.Key, [99], found.ETag)], Cancellation);
        }

        var error = await Assert.ThrowsAsync<StateCorruptException>(() => new StateApp(Counting(), Storage).BatchAsync(Record(1, "a", "x")));

        Assert.Contains("format is 99", error.Message, StringComparison.Ordinal);
        Assert.Equal(StateBucket.Progress, error.Bucket);
    }

    [Fact]
    public async Task Read_ValueIsNotTheSerdes_IsRefusedAndLeftAsItIs()
    {
        await new StateApp(Source().GroupByKey(Serdes.Utf8).Reduce((_, value) => value, "counts", Serdes.Utf8).Build(), Storage).BatchAsync(Record(0, "a", "x"));
        var other = Source().MapValues(value => (long)value!.Length).GroupByKey(Serdes.Utf8).Reduce((_, value) => value, "counts", Serdes.Int64).Build();

        var error = await Assert.ThrowsAsync<StateCorruptException>(() => new StateApp(other, Storage).BatchAsync(Record(1, "a", "x")));

        Assert.Contains("serde", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AKey_GivesItsValue()
    {
        await new StateApp(Counting(), Storage).BatchAsync(Record(0, "a", "x", 7), Record(1, "a", "x", 3));

        var entry = await new StateReader(Storage).GetAsync("counts", Serdes.Utf8.Serialize("a")!, Cancellation);

        Assert.Equal((2L, 7L, 1L), (Serdes.Int64.Deserialize(entry!.Value), entry.Timestamp, entry.Version));
        Assert.Null(await new StateReader(Storage).GetAsync("counts", Serdes.Utf8.Serialize("b")!, Cancellation));
        Assert.Null(await new StateReader(Storage).GetAsync("none", [1], Cancellation));
        Assert.Equal(["counts"], await Storage.ListAsync(Cancellation));
    }

    [Fact]
    public async Task List_PageByPage_GivesEveryKeyInOrder()
    {
        await new StateApp(Counting(), Storage).BatchAsync([.. Enumerable.Range(0, 250).Select(i => Record(i, $"k{i:000}", "x"))]);
        var reader = new StateReader(Storage);
        var keys = new List<string?>();

        var request = new StateRequest { Limit = 40 };
        for (var pages = 0; pages < 100; pages++)
        {
            var page = await reader.ListAsync("counts", request, Cancellation);
            keys.AddRange(page.Entries.Select(entry => Serdes.Utf8.Deserialize(entry.Key)));
            if (page.Next is null)
            {
                break;
            }

            request = request with { From = page.Next };
        }

        Assert.Equal(Enumerable.Range(0, 250).Select(i => $"k{i:000}"), keys);
    }

    [Fact]
    public async Task List_PrefixAndRange_GivesThose()
    {
        await new StateApp(Counting(), Storage).BatchAsync(Record(0, "a1", "x"), Record(1, "a2", "x"), Record(2, "a3", "x"), Record(3, "b1", "x"));
        var reader = new StateReader(Storage);

        var prefix = await reader.ListAsync("counts", new StateRequest { Prefix = "a"u8.ToArray() }, Cancellation);
        var range = await reader.ListAsync("counts", new StateRequest { From = "a2"u8.ToArray(), Before = "b1"u8.ToArray() }, Cancellation);

        Assert.Equal(["a1", "a2", "a3"], prefix.Entries.Select(entry => Serdes.Utf8.Deserialize(entry.Key)));
        Assert.Equal(["a2", "a3"], range.Entries.Select(entry => Serdes.Utf8.Deserialize(entry.Key)));
        Assert.Null(range.Next);
    }

    [Fact]
    public async Task Cache_MoreRowsThanItHolds_StaysWithinItsBytes()
    {
        var app = new StateApp(Counting(), Storage, new StateOptions { CacheBytes = 20_000 });

        await app.BatchAsync([.. Enumerable.Range(0, 500).Select(i => Record(i, $"k{i}", "x"))]);
        await app.BatchAsync([.. Enumerable.Range(500, 500).Select(i => Record(i, $"k{i - 500}", "x"))]);

        Assert.InRange(app.Runtime.Cache.Bytes, 10_000, 20_000);
        Assert.All(app.Shown[500..], shown => Assert.EndsWith("=2", shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fold_HotKeyAndColdKeys_WritesEachRowOnce()
    {
        var app = new StateApp(Counting(), Storage, new StateOptions { Buckets = 4 });
        var writes = new List<int>();
        Storage.Hook = new WriteCounter(writes);

        await app.BatchAsync([.. Enumerable.Range(0, 1_000).Select(i => Record(i, i % 2 == 0 ? "hot" : $"k{i % 40}", "x"))]);

        Assert.Equal(21, writes.Sum() - 2);
        Assert.InRange(writes.Count, 3, 6);
    }

    private async Task<long> Count(string key) =>
        Serdes.Int64.Deserialize((await new StateReader(Storage).GetAsync("counts", Serdes.Utf8.Serialize(key)!, Cancellation))!.Value);

    private sealed class WriteCounter(List<int> writes) : Streams.State.InMemory.IStateHook
    {
        public ValueTask BeforeAsync(Streams.State.InMemory.StateOperation operation, CancellationToken cancellationToken)
        {
            if (operation.Writes.Count > 0)
            {
                writes.Add(operation.Writes.Count);
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask AfterAsync(Streams.State.InMemory.StateOperation operation, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
