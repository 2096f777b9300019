using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Contracts.State;

/// <content>Stores.</content>
public abstract partial class StateStoreContract
{
    [Fact]
    public async Task OpenAsync_NewName_CreatesAnEmptyStore()
    {
        var name = UniqueName();

        var store = await Storage.OpenAsync(name, Cancellation);

        Assert.Equal(name, store.Name);
        Assert.Empty(await ScanAsync(store, StateRange.All));
        Assert.Contains(name, await Storage.ListAsync(Cancellation));
    }

    [Fact]
    public async Task OpenAsync_Again_IsTheSameObjectWithItsRows()
    {
        var store = await OpenStoreAsync();
        await WriteAsync(store, Insert("k", "v"));

        Assert.Same(store, await Storage.OpenAsync(store.Name, Cancellation));
        Assert.Equal(Value("v"), (await GetAsync(store, "k")).Value);
    }

    [Fact]
    public async Task OpenAsync_Concurrently_IsTheSameObject()
    {
        var name = UniqueName();

        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Storage.OpenAsync(name, Cancellation).AsTask()));

        Assert.Single(stores.Distinct());
    }

    [Fact]
    public async Task ListAsync_SeveralStores_IsSorted()
    {
        string[] names = [UniqueName("b-b"), UniqueName("bb"), UniqueName("b1"), UniqueName("a")];
        foreach (var name in names)
        {
            await Storage.OpenAsync(name, Cancellation);
        }

        var listed = await Storage.ListAsync(Cancellation);

        Assert.Equal(listed.Order(StringComparer.Ordinal), listed);
        Assert.All(names, name => Assert.Contains(name, listed));
    }

    [Fact]
    public async Task DeleteAsync_StoreWithRows_IsGoneAndOthersStay()
    {
        var (store, other) = (await OpenStoreAsync(), await OpenStoreAsync());
        await WriteAsync(store, Insert("k", "v"));
        await WriteAsync(other, Insert("k", "v"));

        Assert.True(await Storage.DeleteAsync(store.Name, Cancellation));

        Assert.DoesNotContain(store.Name, await Storage.ListAsync(Cancellation));
        Assert.NotNull(await ReadAsync(other, Key("k")));
        Assert.False(await Storage.DeleteAsync(store.Name, Cancellation));
    }

    [Fact]
    public async Task DeleteAsync_UnknownStore_IsFalse() => Assert.False(await Storage.DeleteAsync(UniqueName(), Cancellation));

    [Fact]
    public async Task DeletedStore_InUse_IsRefused()
    {
        var store = await OpenStoreAsync();
        await Storage.DeleteAsync(store.Name, Cancellation);

        var read = await Assert.ThrowsAsync<StateAccessException>(() => store.ReadAsync(Bucket, [Key("k")], Cancellation));
        var scan = await Assert.ThrowsAsync<StateAccessException>(() => ScanAsync(store, StateRange.All));
        var write = await Assert.ThrowsAsync<StateAccessException>(() => store.WriteAsync(Bucket, [Insert("k", "v")], Cancellation));

        Assert.All([read, scan, write], error => Assert.Equal(store.Name, error.Store));
    }

    [Fact]
    public async Task OpenAsync_AfterDelete_IsEmptyAndTakesRows()
    {
        var store = await OpenStoreAsync();
        var old = await WriteAsync(store, Insert("k", "old"));
        await Storage.DeleteAsync(store.Name, Cancellation);

        var again = await Storage.OpenAsync(store.Name, Cancellation);

        Assert.Empty(await ScanAsync(again, StateRange.All));
        Assert.NotEqual(old, await WriteAsync(again, Insert("k", "new")));
        await AssertConflictAsync(again, new StateWrite(Key("k"), Value("late"), old));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("1ab")]
    [InlineData("-ab")]
    [InlineData("Abc")]
    [InlineData("aBc")]
    [InlineData("a_c")]
    [InlineData("a c")]
    [InlineData("abé")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890-64-")]
    public async Task Name_AgainstTheRule_IsAnArgumentException(string name)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Storage.OpenAsync(name, Cancellation).AsTask());
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Storage.DeleteAsync(name, Cancellation));
    }

    [Fact]
    public async Task Name_OfTheLongestLength_IsTaken()
    {
        var name = UniqueName("a-1").PadRight(StateLimits.MaxNameLength, 'z');
        _names.Add(name);

        var store = await Storage.OpenAsync(name, Cancellation);

        await WriteAsync(store, Insert("k", "v"));
        Assert.Contains(name, await Storage.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Name_WithAndWithoutHyphen_AreTwoStores()
    {
        var name = UniqueName();
        var without = name.Replace("-", "", StringComparison.Ordinal);
        _names.Add(without);
        var store = await Storage.OpenAsync(name, Cancellation);
        await WriteAsync(store, Insert("k", "v"));

        var other = await OpenOrRefuseAsync(without);

        // An adapter that cannot tell them apart has to refuse the second, not to share rows.
        Assert.True(other is null || await ReadAsync(other, Key("k")) is null);
    }

    [Fact]
    public async Task OpenAsync_AnotherStorageOnTheSamePlace_SeesTheSameRows()
    {
        Assert.SkipUnless(IsDurable, "Nothing is kept.");
        var store = await OpenStoreAsync();
        await using var second = await OpenStorageAsync();
        var other = await second.OpenAsync(store.Name, Cancellation);

        var etag = await WriteAsync(store, Insert("k", "v"));

        Assert.Equal(etag, (await GetAsync(other, "k")).ETag);
        var next = await WriteAsync(other, new StateWrite(Key("k"), Value("w"), etag));
        await AssertConflictAsync(store, new StateWrite(Key("k"), Value("x"), etag));
        await WriteAsync(store, new StateWrite(Key("k"), Value("y"), next));
        Assert.Equal(Value("y"), (await GetAsync(other, "k")).Value);
    }

    [Fact]
    public async Task OpenAsync_AfterTheStorageWasClosed_HasItsRowsAndETags()
    {
        Assert.SkipUnless(IsDurable, "Nothing is kept.");
        var name = UniqueName();
        string etag;
        await using (var first = await OpenStorageAsync())
        {
            etag = await WriteAsync(await first.OpenAsync(name, Cancellation), Insert("k", "v"));
        }

        await using var second = await OpenStorageAsync();
        var store = await second.OpenAsync(name, Cancellation);

        Assert.Contains(name, await second.ListAsync(Cancellation));
        var row = await GetAsync(store, "k");
        Assert.Equal(Value("v"), row.Value);
        Assert.Equal(etag, row.ETag);
        Assert.NotEqual(etag, await WriteAsync(store, new StateWrite(Key("k"), Value("w"), etag)));
    }

    private async Task<IStateStore?> OpenOrRefuseAsync(string name)
    {
        try
        {
            return await Storage.OpenAsync(name, Cancellation);
        }
        catch (StateAccessException)
        {
            return null;
        }
    }
}
