using CsCheck;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Contracts.State;

/// <content>Ranges.</content>
public abstract partial class StateStoreContract
{
    // Bytes at the ends of what encodings distinguish come often, and short keys begin longer ones.
    private static readonly byte[] EdgeBytes = [0x00, 0x01, 0x2F, .. "09AZaz"u8, 0x7F, 0x80, 0xFE, 0xFF];

    private static readonly Gen<byte[]> KeyBytes = Gen.OneOf(Gen.Int[0, EdgeBytes.Length - 1].Select(i => EdgeBytes[i]), Gen.Byte).Array[1, 6];

    private static readonly Gen<byte[]?> Bound = Gen.OneOf(Gen.Const((byte[]?)null), KeyBytes.Select(bytes => (byte[]?)bytes));

    [Fact]
    public async Task ScanAsync_AnyKeysAndRange_IsThatOfTheSortedKeys() =>
        await Gen.Select(KeyBytes.Array[0, 40], Bound, Bound, KeyBytes.Select(bytes => bytes[..(bytes.Length / 2)])).SampleAsync(
            async (keys, from, before, prefix) =>
            {
                var store = await OpenStoreAsync();
                var sorted = keys.Select(bytes => new StateKey(bytes)).Distinct().Order().ToList();
                foreach (var transaction in StateTransactions.Split([.. keys.Select(bytes => new StateKey(bytes)).Distinct().Select(key => new StateWrite(key, key.Bytes.ToArray(), null))]))
                {
                    await store.WriteAsync(Bucket, transaction, Cancellation);
                }

                var range = new StateRange(AsKey(from), AsKey(before));
                Assert.Equal(sorted, await KeysAsync(store, StateRange.All));
                Assert.Equal(sorted.Where(key => IsWithin(key, range)), await KeysAsync(store, range));
                Assert.Equal(sorted.Where(key => key.Bytes.StartsWith(prefix)), await KeysAsync(store, StateRange.Prefix(prefix)));
                Assert.All(await ScanAsync(store, StateRange.All), row => Assert.Equal(row.Key.Bytes.ToArray(), row.Value));
            },
            iter: Cases,
            threads: 1);

    [Theory]
    [InlineData(new byte[0], 8)]
    [InlineData(new byte[] { 0x00 }, 2)]
    [InlineData(new byte[] { 0x61 }, 3)]
    [InlineData(new byte[] { 0x61, 0xFF }, 2)]
    [InlineData(new byte[] { 0xFF }, 3)]
    [InlineData(new byte[] { 0xFF, 0xFF }, 2)]
    [InlineData(new byte[] { 0x62 }, 0)]
    public async Task ScanAsync_Prefix_IsWhatBeginsWithIt(byte[] prefix, int expected)
    {
        var store = await OpenStoreAsync();
        StateKey[] keys = [new([0x00]), new([0x00, 0xFF]), new([0x61]), new([0x61, 0xFF]), new([0x61, 0xFF, 0x00]), new([0xFF]), new([0xFF, 0xFF]), new([0xFF, 0xFF, 0x01])];
        await store.WriteAsync(Bucket, [.. keys.Reverse().Select(key => new StateWrite(key, [], null))], Cancellation);

        var found = await KeysAsync(store, StateRange.Prefix(prefix));

        Assert.Equal(keys.Where(key => key.Bytes.StartsWith(prefix)), found);
        Assert.Equal(expected, found.Count);
    }

    [Fact]
    public async Task ScanAsync_EmptyOrReversedRange_HasNoRows()
    {
        var store = await OpenStoreAsync();
        await store.WriteAsync(Bucket, [Insert("a", "1"), Insert("b", "2")], Cancellation);

        Assert.Empty(await ScanAsync(store, new StateRange(Key("a"), Key("a"))));
        Assert.Empty(await ScanAsync(store, new StateRange(Key("b"), Key("a"))));
        Assert.Empty(await ScanAsync(store, new StateRange(Key("c"), null)));
        Assert.Empty(await ScanAsync(store, new StateRange(null, Key("a"))));
    }

    [Fact]
    public async Task ScanAsync_MoreRowsThanAPage_HasThemAllInOrder()
    {
        const int count = 2_300;
        var store = await OpenStoreAsync();
        var writes = Enumerable.Range(0, count).Select(i => Insert($"k{i:0000}", $"{i}")).ToList();
        await Task.WhenAll(StateTransactions.Split(writes).Select(transaction => store.WriteAsync(Bucket, transaction, Cancellation)));

        Assert.Equal(writes.Select(write => write.Key), await KeysAsync(store, StateRange.All));
        Assert.Equal(writes.Skip(100).Take(2_000).Select(write => write.Key), await KeysAsync(store, new StateRange(Key("k0100"), Key("k2100"))));
    }

    [Fact]
    public async Task ScanAsync_LargeRows_HasThemAll()
    {
        var store = await OpenStoreAsync();
        var writes = Enumerable.Range(0, 5).Select(i => new StateWrite(Key($"k{i}"), Noise(Math.Min(LargestValueBytes, 600_000), i), null)).ToList();
        foreach (var write in writes)
        {
            await WriteAsync(store, write);
        }

        var rows = await ScanAsync(store, StateRange.All);

        Assert.Equal(writes.Select(write => write.Key), rows.Select(row => row.Key));
        Assert.All(writes.Zip(rows), pair => Assert.Equal(pair.First.Value, pair.Second.Value));
    }

    [Fact]
    public async Task ScanAsync_RowsWrittenMeanwhile_HasEachRowOnceInOrder()
    {
        var store = await OpenStoreAsync();
        await store.WriteAsync(Bucket, [.. Enumerable.Range(0, 50).Select(i => Insert($"k{i:00}", "v"))], Cancellation);
        var keys = new List<StateKey>();

        await foreach (var row in store.ScanAsync(Bucket, StateRange.All, Cancellation))
        {
            keys.Add(row.Key);
            await WriteAsync(store, new StateWrite(row.Key, Value("w"), row.ETag));
            await WriteAsync(store, new StateWrite(new StateKey([.. row.Key.Bytes, 0xFF]), Value("between"), null));
        }

        var old = keys.Where(key => key.Bytes[^1] != 0xFF).ToList();
        Assert.Equal(keys.Distinct().Order(), keys);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => Key($"k{i:00}")), old);
    }

    private async Task<List<StateKey>> KeysAsync(IStateStore store, StateRange range) => [.. (await ScanAsync(store, range)).Select(row => row.Key)];

    private static StateKey? AsKey(byte[]? bytes) => bytes is null ? null : new StateKey(bytes);

    private static bool IsWithin(StateKey key, StateRange range) =>
        (range.From is not { } from || key >= from) && (range.Before is not { } before || key < before);
}
