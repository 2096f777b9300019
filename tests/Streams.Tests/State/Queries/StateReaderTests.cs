using System.Globalization;
using System.Text;
using CsCheck;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.State.Queries;
using static KafkaFunctions.Streams.Tests.State.StateApp;

namespace KafkaFunctions.Streams.Tests.State.Queries;

public sealed class StateReaderTests : StateTest
{
    private const string Store = "counts";

    private StateReader Reader => new(Storage);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_KeyOfAStore_IsItsEntry()
    {
        await CountAsync("a", "b", "a");

        var entry = await Reader.GetAsync(Store, Bytes("a"), Cancellation);

        Assert.Equal(("a", 2L, 1_000L), (Text(entry!.Key), Number(entry.Value), entry.Timestamp));
        Assert.True(entry.Version > 0);
        Assert.Null(await Reader.GetAsync(Store, Bytes("c"), Cancellation));
    }

    [Fact]
    public async Task Read_StoreThatIsNotThere_IsEmptyAndDoesNotCreateIt()
    {
        Assert.Null(await Reader.GetAsync(Store, Bytes("a"), Cancellation));
        Assert.Empty((await Reader.ListAsync(Store, null, Cancellation)).Entries);
        Assert.Empty(await Reader.ReadAllAsync(Store, Cancellation).ToListAsync(Cancellation));
        Assert.Null(await Reader.DescribeAsync(Store, Cancellation));

        Assert.Empty(await Reader.ListStoresAsync(Cancellation));
    }

    [Fact]
    public async Task Describe_StoreOfAFunction_SaysWhoseItIs()
    {
        await CountAsync("a");

        var summary = (await Reader.DescribeAsync(Store, Cancellation))!;

        Assert.Equal(("app", "F", "Count", StateLimits.DefaultBuckets), (summary.Application, summary.Functions.Single(), summary.Kind, summary.Buckets));
    }

    [Fact]
    public async Task List_AnyKeysRangeAndPages_AreTheSortedKeys() =>
        await Gen.Select(Gen.String[Gen.Char["abü "], 0, 4].Array[0, 30], Gen.Char["abü "].Select(c => c.ToString()), Gen.String[Gen.Char["abü "], 0, 3], Gen.Int[1, 7]).SampleAsync(
            async (words, prefix, from, limit) =>
            {
                await using var storage = new InMemoryStateStorage { ScanPageRows = 2 };
                await new StateApp(Counting(), storage).BatchAsync([.. words.Select((word, i) => Record(i, word, "x"))]);
                var sorted = words.Distinct().Select(Bytes).Order(Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right))).Select(Text).ToList();

                Assert.Equal(sorted, await AllAsync(storage, new StateRequest { Limit = limit }));
                Assert.Equal(sorted.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)), await AllAsync(storage, new StateRequest { Prefix = Bytes(prefix), Limit = limit }));
                Assert.Equal(
                    sorted.Where(key => Compare(key, from) >= 0 && Compare(key, "b") < 0),
                    await AllAsync(storage, new StateRequest { From = Bytes(from), Before = Bytes("b"), Limit = limit }));
            },
            iter: 30,
            threads: 1);

    [Fact]
    public async Task ReadAll_Store_HasEveryKeyOnce()
    {
        await CountAsync([.. Enumerable.Range(0, 200).Select(i => i.ToString(CultureInfo.InvariantCulture))]);

        var keys = await Reader.ReadAllAsync(Store, Cancellation).Select(entry => Text(entry.Key)).ToListAsync(Cancellation);

        Assert.Equal(200, keys.Distinct().Count());
        Assert.Equal(200, keys.Count);
    }

    [Fact]
    public async Task List_PageOfSomeOfManyKeys_DoesNotReadThemAll()
    {
        await CountAsync([.. Enumerable.Range(0, 3_000).Select(i => i.ToString("0000", CultureInfo.InvariantCulture))]);
        Storage.ScanPageRows = 1_000;
        var rows = new CountedRows(Storage);

        var page = await new StateReader(rows).ListAsync(Store, new StateRequest { Limit = 64 }, Cancellation);

        Assert.Equal(64, page.Entries.Count);
        Assert.InRange(rows.Fetched.Max(), 1, 4);
    }

    [Fact]
    public async Task Get_StoreWasDeletedAndMadeAnewWithOtherBuckets_FindsItsKeys()
    {
        await CountAsync("a");
        var reader = Reader;
        Assert.NotNull(await reader.GetAsync(Store, Bytes("a"), Cancellation));

        await Storage.DeleteAsync(Store, Cancellation);
        Assert.Null(await reader.GetAsync(Store, Bytes("a"), Cancellation));

        await new StateApp(Counting(), Storage, new StateOptions { Buckets = 1 }).BatchAsync(Record(0, "a", "x"));
        Assert.NotNull(await reader.GetAsync(Store, Bytes("a"), Cancellation));
    }

    private Task<StreamResult> CountAsync(params string[] keys) => new StateApp(Counting(), Storage).BatchAsync([.. keys.Select((key, i) => Record(i, key, "x"))]);

    private static async Task<List<string>> AllAsync(InMemoryStateStorage storage, StateRequest request)
    {
        var keys = new List<string>();
        var reader = new StateReader(storage);
        for (var next = request; next is not null;)
        {
            var page = await reader.ListAsync(Store, next, Cancellation);
            Assert.InRange(page.Entries.Count, 0, request.Limit);
            keys.AddRange(page.Entries.Select(entry => Text(entry.Key)));
            next = page.Next is null ? null : request with { From = page.Next };
        }

        return keys;
    }

    private static int Compare(string left, string right) => Bytes(left).AsSpan().SequenceCompareTo(Bytes(right));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static long Number(byte[] bytes) => System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes);
}
