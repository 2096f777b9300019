using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Contracts.State;

/// <content>Reading and writing rows.</content>
public abstract partial class StateStoreContract
{
    [Fact]
    public async Task ReadAsync_NoKeys_IsEmpty() => Assert.Empty(await (await OpenStoreAsync()).ReadAsync(Bucket, [], Cancellation));

    [Fact]
    public async Task ReadAsync_MissingRow_IsNull() => Assert.Null(await ReadAsync(await OpenStoreAsync(), Key("k")));

    [Fact]
    public async Task ReadAsync_ManyKeysInAnyOrder_IsByTheirIndex()
    {
        const int count = 350;
        var store = await OpenStoreAsync();
        var writes = Enumerable.Range(0, count).Select(i => Insert($"k{i}", $"v{i}")).ToList();
        foreach (var transaction in StateTransactions.Split(writes))
        {
            await store.WriteAsync(Bucket, transaction, Cancellation);
        }

        // 211 has no factor in common with their number: every index comes once, in no order. Every third is missing.
        var order = Enumerable.Range(0, count).Select(i => i * 211 % count).ToList();
        var rows = await store.ReadAsync(Bucket, [.. order.Select(i => Key(i % 3 == 0 ? $"missing{i}" : $"k{i}"))], Cancellation);

        Assert.Equal(count, rows.Count);
        Assert.All(order.Zip(rows), pair =>
        {
            Assert.Equal(pair.First % 3 == 0, pair.Second is null);
            Assert.True(pair.Second is null || pair.Second.Value.AsSpan().SequenceEqual(Value($"v{pair.First}")));
            Assert.True(pair.Second is null || pair.Second.Key == Key($"k{pair.First}"));
        });
    }

    [Fact]
    public async Task WriteAsync_Insert_IsReadWithItsETag()
    {
        var store = await OpenStoreAsync();

        var etag = await WriteAsync(store, Insert("k", "v"));

        var row = await GetAsync(store, "k");
        Assert.Equal(Key("k"), row.Key);
        Assert.Equal(Value("v"), row.Value);
        Assert.Equal(etag, row.ETag);
    }

    [Fact]
    public async Task WriteAsync_Replace_IsReadWithAnotherETag()
    {
        var store = await OpenStoreAsync();
        var first = await WriteAsync(store, Insert("k", "v"));

        var second = await WriteAsync(store, new StateWrite(Key("k"), Value("w"), first));

        Assert.NotEqual(first, second);
        var row = await GetAsync(store, "k");
        Assert.Equal(Value("w"), row.Value);
        Assert.Equal(second, row.ETag);
    }

    [Fact]
    public async Task WriteAsync_SameValueAgain_ChangesTheETag()
    {
        var store = await OpenStoreAsync();
        var first = await WriteAsync(store, Insert("k", "v"));

        Assert.NotEqual(first, await WriteAsync(store, new StateWrite(Key("k"), Value("v"), first)));
    }

    [Fact]
    public async Task WriteAsync_Delete_HasNoETagAndNoRow()
    {
        var store = await OpenStoreAsync();
        var etag = await WriteAsync(store, Insert("k", "v"));

        var etags = await store.WriteAsync(Bucket, [new StateWrite(Key("k"), null, etag)], Cancellation);

        Assert.Equal([null], etags);
        Assert.Null(await ReadAsync(store, Key("k")));
    }

    [Fact]
    public async Task WriteAsync_AllKindsAtOnce_HasETagsByIndex()
    {
        var store = await OpenStoreAsync();
        var replaced = await WriteAsync(store, Insert("r", "1"));
        var deleted = await WriteAsync(store, Insert("d", "1"));

        var etags = await store.WriteAsync(
            Bucket,
            [new StateWrite(Key("r"), Value("2"), replaced), new StateWrite(Key("d"), null, deleted), Insert("i", "1")],
            Cancellation);

        Assert.Equal((await GetAsync(store, "r")).ETag, etags[0]);
        Assert.Null(etags[1]);
        Assert.Equal((await GetAsync(store, "i")).ETag, etags[2]);
        Assert.Equal([Key("i"), Key("r")], (await ScanAsync(store, StateRange.All)).Select(row => row.Key));
    }

    [Fact]
    public async Task WriteAsync_SameKeyInOtherBucketsAndStores_IsAnotherRow()
    {
        var (store, other) = (await OpenStoreAsync(), await OpenStoreAsync());
        StateBucket[] buckets = [StateBucket.Progress, new(0), new(StateLimits.MaxBuckets - 1)];
        foreach (var bucket in buckets)
        {
            await store.WriteAsync(bucket, [Insert("k", bucket.ToString())], Cancellation);
        }

        foreach (var bucket in buckets)
        {
            Assert.Equal(Value(bucket.ToString()), Assert.Single(await ScanAsync(store, StateRange.All, bucket)).Value);
            Assert.Equal([null], await other.ReadAsync(bucket, [Key("k")], Cancellation));
        }

        Assert.Empty(await ScanAsync(store, StateRange.All, new StateBucket(1)));
    }

    [Fact]
    public async Task WriteAsync_EveryByteInValueAndKey_ComesBack()
    {
        var store = await OpenStoreAsync();
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        var writes = all.Chunk(100).SelectMany(part => (StateWrite[])[new(new StateKey(part), all, null)]).ToArray();
        await store.WriteAsync(Bucket, writes, Cancellation);

        var rows = await store.ReadAsync(Bucket, [.. writes.Select(write => write.Key)], Cancellation);

        Assert.All(rows, row => Assert.Equal(all, row!.Value));
    }

    [Fact]
    public async Task WriteAsync_EveryKeyOfOneByte_IsARowOfItsOwn()
    {
        var store = await OpenStoreAsync();
        var writes = Enumerable.Range(0, 256).Select(i => new StateWrite(new StateKey([(byte)i]), [(byte)i], null)).ToList();
        foreach (var transaction in StateTransactions.Split(writes))
        {
            await store.WriteAsync(Bucket, transaction, Cancellation);
        }

        var rows = await ScanAsync(store, StateRange.All);

        Assert.Equal(Enumerable.Range(0, 256), rows.Select(row => (int)Assert.Single(row.Key.Bytes.ToArray())));
        Assert.All(rows, row => Assert.Equal(row.Key.Bytes.ToArray(), row.Value));
    }

    [Fact]
    public async Task WriteAsync_EmptyValue_IsARow()
    {
        var store = await OpenStoreAsync();

        var etag = await WriteAsync(store, Insert("k", ""));

        Assert.Empty((await GetAsync(store, "k")).Value);
        Assert.Empty(Assert.Single(await ScanAsync(store, StateRange.All)).Value);
        await WriteAsync(store, new StateWrite(Key("k"), Value("v"), etag));
        Assert.Equal(Value("v"), (await GetAsync(store, "k")).Value);
    }

    [Fact]
    public async Task WriteAsync_ValuesAroundSizesOfParts_ComeBack()
    {
        // 64 KiB is where Azure's properties end.
        int[] sizes = [1, 65_535, 65_536, 65_537, 131_072, 200_000];
        var store = await OpenStoreAsync();
        var writes = sizes.Select(size => new StateWrite(Key($"k{size}"), Noise(size, size), null)).ToArray();
        await store.WriteAsync(Bucket, writes, Cancellation);

        var rows = await store.ReadAsync(Bucket, [.. writes.Select(write => write.Key)], Cancellation);

        Assert.All(writes.Zip(rows), pair => Assert.Equal(pair.First.Value, pair.Second!.Value));

        var shorter = Noise(70_000, seed: 9);
        await WriteAsync(store, new StateWrite(Key("k200000"), shorter, rows[^1]!.ETag));
        Assert.Equal(shorter, (await GetAsync(store, "k200000")).Value);
    }

    [Fact]
    public async Task WriteAsync_LargestValue_ComesBack()
    {
        var store = await OpenStoreAsync();
        var value = Noise(LargestValueBytes);

        await WriteAsync(store, new StateWrite(Key("k"), value, null));

        Assert.Equal(value, (await GetAsync(store, "k")).Value);
        Assert.Equal(value, Assert.Single(await ScanAsync(store, StateRange.All)).Value);
    }

    [Fact]
    public async Task WriteAsync_LargestTransaction_IsTaken()
    {
        const int rows = StateLimits.MaxRowsPerTransaction;
        var store = await OpenStoreAsync();
        var keyBytes = Key("k00").Bytes.Length;
        var writes = Enumerable.Range(0, rows)
            .Select(i => new StateWrite(Key($"k{i:00}"), Noise((LargestTransactionBytes / rows) - keyBytes, i), null)).ToArray();

        await store.WriteAsync(Bucket, writes, Cancellation);

        var read = await ScanAsync(store, StateRange.All);
        Assert.All(writes.Zip(read, (write, row) => (write, row)), pair => Assert.Equal(pair.write.Value, pair.row.Value));
        Assert.Equal(rows, read.Count);
    }

    [Fact]
    public async Task Calls_Cancelled_EndAsCancelled()
    {
        var store = await OpenStoreAsync();
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ReadAsync(Bucket, [Key("k")], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.WriteAsync(Bucket, [Insert("k", "v")], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.ScanAsync(Bucket, StateRange.All, cancelled).GetAsyncEnumerator(cancelled).MoveNextAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Storage.OpenAsync(store.Name, cancelled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Storage.ListAsync(cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Storage.DeleteAsync(store.Name, cancelled));

        Assert.Null(await ReadAsync(store, Key("k")));
    }
}
