using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Contracts.State;

/// <content>Conditions of a write.</content>
public abstract partial class StateStoreContract
{
    [Fact]
    public async Task WriteAsync_InsertOfAnExistingRow_IsAConflict()
    {
        var store = await OpenStoreAsync();
        var etag = await WriteAsync(store, Insert("k", "v"));

        await AssertConflictAsync(store, Insert("k", "w"));

        var row = await GetAsync(store, "k");
        Assert.Equal(Value("v"), row.Value);
        Assert.Equal(etag, row.ETag);
    }

    [Fact]
    public async Task WriteAsync_StaleETag_IsAConflictForReplaceAndDelete()
    {
        var store = await OpenStoreAsync();
        var stale = await WriteAsync(store, Insert("k", "v"));
        await WriteAsync(store, new StateWrite(Key("k"), Value("w"), stale));

        await AssertConflictAsync(store, new StateWrite(Key("k"), Value("x"), stale));
        await AssertConflictAsync(store, new StateWrite(Key("k"), null, stale));

        Assert.Equal(Value("w"), (await GetAsync(store, "k")).Value);
    }

    [Fact]
    public async Task WriteAsync_RowIsGone_IsAConflictForReplaceAndDelete()
    {
        var store = await OpenStoreAsync();
        var etag = await WriteAsync(store, Insert("k", "v"));
        await store.WriteAsync(Bucket, [new StateWrite(Key("k"), null, etag)], Cancellation);

        await AssertConflictAsync(store, new StateWrite(Key("k"), Value("x"), etag));
        await AssertConflictAsync(store, new StateWrite(Key("k"), null, etag));

        Assert.Null(await ReadAsync(store, Key("k")));
    }

    [Fact]
    public async Task WriteAsync_DeletedAndInsertedAgain_DoesNotRepeatAnETag()
    {
        var store = await OpenStoreAsync();
        var seen = new HashSet<string>();
        for (var i = 0; i < 5; i++)
        {
            var inserted = await WriteAsync(store, Insert("k", "v"));
            var replaced = await WriteAsync(store, new StateWrite(Key("k"), Value("v"), inserted));
            await store.WriteAsync(Bucket, [new StateWrite(Key("k"), null, replaced)], Cancellation);

            Assert.True(seen.Add(inserted));
            Assert.True(seen.Add(replaced));
        }

        await WriteAsync(store, Insert("k", "v"));
        foreach (var etag in seen)
        {
            await AssertConflictAsync(store, new StateWrite(Key("k"), null, etag));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task WriteAsync_ConflictAtAnyPlace_WritesNothingOfTheTransaction(int place)
    {
        var store = await OpenStoreAsync();
        var replaced = await WriteAsync(store, Insert("replaced", "old"));
        var deleted = await WriteAsync(store, Insert("deleted", "old"));
        await WriteAsync(store, Insert("taken", "old"));
        List<StateWrite> writes =
        [
            new(Key("replaced"), Value("new"), replaced),
            new(Key("deleted"), null, deleted),
            Insert("inserted", "new"),
        ];
        writes.Insert(place, Insert("taken", "new"));

        var conflict = await AssertConflictAsync(store, [.. writes]);

        Assert.True(conflict.Key is null || conflict.Key == Key("taken"));
        Assert.Equal(
            [("deleted", "old"), ("replaced", "old"), ("taken", "old")],
            (await ScanAsync(store, StateRange.All)).Select(row => (Text(row.Key.Bytes), Text(row.Value))));
        Assert.Equal(replaced, (await GetAsync(store, "replaced")).ETag);

        writes.RemoveAt(place);
        await store.WriteAsync(Bucket, writes, Cancellation);
        Assert.Equal(
            [("inserted", "new"), ("replaced", "new"), ("taken", "old")],
            (await ScanAsync(store, StateRange.All)).Select(row => (Text(row.Key.Bytes), Text(row.Value))));
    }

    [Fact]
    public async Task WriteAsync_ConflictBesideOthers_FailsAlone()
    {
        var store = await OpenStoreAsync();
        await WriteAsync(store, Insert("taken", "old"));

        var calls = Enumerable.Range(0, 20).Select(i => store.WriteAsync(
            i % 2 == 0 ? Bucket : new StateBucket(100 + i),
            i % 2 == 0 ? [Insert($"k{i}", "v"), Insert("taken", "new")] : [Insert($"k{i}", "v")],
            Cancellation)).ToArray();

        for (var i = 0; i < calls.Length; i++)
        {
            if (i % 2 == 0)
            {
                await Assert.ThrowsAsync<StateConflictException>(() => calls[i]);
            }
            else
            {
                Assert.Equal((await calls[i])[0], Assert.Single(await ScanAsync(store, StateRange.All, new StateBucket(100 + i))).ETag);
            }
        }

        Assert.Equal(Key("taken"), Assert.Single(await ScanAsync(store, StateRange.All)).Key);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.Latin1.GetString(bytes);

    [Fact]
    public async Task WriteAsync_AnyETag_PutsWhetherOrNotThereIsARow()
    {
        var store = await OpenStoreAsync();
        await store.WriteAsync(Bucket, [new StateWrite(Key("a"), [1], StateWrite.AnyETag)], Cancellation);
        var etags = await store.WriteAsync(Bucket, [new StateWrite(Key("a"), [2], StateWrite.AnyETag), new StateWrite(Key("b"), [3], null)], Cancellation);

        var rows = await store.ReadAsync(Bucket, [Key("a"), Key("b")], Cancellation);
        Assert.Equal([2], rows[0]!.Value);
        Assert.Equal(etags[0], rows[0]!.ETag);
        Assert.Equal([3], rows[1]!.Value);
    }

    [Fact]
    public async Task WriteAsync_DeleteWithAnyETag_NeedsARowAndIsAllOrNothing()
    {
        var store = await OpenStoreAsync();
        await store.WriteAsync(Bucket, [new StateWrite(Key("a"), [1], null)], Cancellation);
        await Assert.ThrowsAsync<StateConflictException>(() => store.WriteAsync(
            Bucket, [new StateWrite(Key("a"), null, StateWrite.AnyETag), new StateWrite(Key("gone"), null, StateWrite.AnyETag)], Cancellation));
        Assert.NotNull((await store.ReadAsync(Bucket, [Key("a")], Cancellation))[0]);

        await store.WriteAsync(Bucket, [new StateWrite(Key("a"), null, StateWrite.AnyETag)], Cancellation);
        await Assert.ThrowsAsync<StateConflictException>(() => store.WriteAsync(Bucket, [new StateWrite(Key("a"), null, StateWrite.AnyETag)], Cancellation));
    }
}
