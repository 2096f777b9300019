using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Contracts.State;

/// <content>Limits: kept before anything is sent.</content>
public abstract partial class StateStoreContract
{
    [Fact]
    public async Task Check_RowWithinTheLimits_Passes()
    {
        var store = await OpenStoreAsync();

        store.Check(LongestKey(), StateLimits.MaxValueBytes);
        store.Check(Key(new string('k', StateLimits.MaxKeyCharacters)), 0);
    }

    [Fact]
    public async Task Check_KeyTooLong_SaysSo()
    {
        var store = await OpenStoreAsync();
        StateKey[] keys = [Key(new string('k', StateLimits.MaxKeyCharacters + 1)), new(new byte[(StateLimits.MaxKeyCharacters / 3) + 1])];

        Assert.All(keys, key =>
        {
            var error = Assert.Throws<StateRowTooLargeException>(() => store.Check(key, 1));
            Assert.Equal((store.Name, key, StateLimits.MaxKeyCharacters), (error.Store, error.Key, error.Limit));
            Assert.True(error.Size > error.Limit);
        });
    }

    [Fact]
    public async Task Check_ValueTooLarge_SaysSo()
    {
        var store = await OpenStoreAsync();

        var error = Assert.Throws<StateRowTooLargeException>(() => store.Check(Key("k"), StateLimits.MaxValueBytes + 1));

        Assert.Equal((StateLimits.MaxValueBytes + 1, StateLimits.MaxValueBytes), (error.Size, error.Limit));
    }

    [Fact]
    public async Task Check_NoKey_IsAnArgumentException()
    {
        var store = await OpenStoreAsync();

        Assert.Throws<ArgumentException>(() => store.Check(default, 1));
    }

    [Fact]
    public async Task WriteAsync_LongestKeys_AreTaken()
    {
        var store = await OpenStoreAsync();
        StateKey[] keys = [LongestKey(), Key(new string('k', StateLimits.MaxKeyCharacters))];
        await store.WriteAsync(Bucket, [.. keys.Select(key => new StateWrite(key, Value("v"), null))], Cancellation);

        Assert.All(await store.ReadAsync(Bucket, keys, Cancellation), Assert.NotNull);
    }

    [Fact]
    public async Task WriteAsync_RowTooLarge_IsRefusedWithItsTransaction()
    {
        var store = await OpenStoreAsync();
        StateWrite[] tooLarge =
        [
            new(Key(new string('k', StateLimits.MaxKeyCharacters + 1)), Value("v"), null),
            new(Key("k"), new byte[StateLimits.MaxValueBytes + 1], null),
        ];

        foreach (var write in tooLarge)
        {
            await Assert.ThrowsAsync<StateRowTooLargeException>(() => store.WriteAsync(Bucket, [Insert("a", "v"), write], Cancellation));
        }

        Assert.Empty(await ScanAsync(store, StateRange.All));
    }

    [Fact]
    public async Task WriteAsync_AgainstTheRules_IsAnArgumentExceptionAndWritesNothing()
    {
        var store = await OpenStoreAsync();
        var value = new byte[StateLimits.MaxValueBytes];
        StateWrite[][] refused =
        [
            [],
            [.. Enumerable.Range(0, StateLimits.MaxRowsPerTransaction + 1).Select(i => Insert($"k{i}", "v"))],
            [.. Enumerable.Range(0, (StateLimits.MaxBytesPerTransaction / value.Length) + 1).Select(i => new StateWrite(Key($"k{i}"), value, null))],
            [Insert("a", "v"), Insert("b", "v"), Insert("a", "w")],
            [Insert("a", "v"), new StateWrite(Key("b"), null, null)],
            [Insert("a", "v"), new StateWrite(default, Value("v"), null)],
        ];

        foreach (var writes in refused)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => store.WriteAsync(Bucket, writes, Cancellation));
        }

        Assert.Empty(await ScanAsync(store, StateRange.All));
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(StateLimits.MaxBuckets)]
    public async Task Bucket_OutOfItsRange_IsAnArgumentException(int number)
    {
        var store = await OpenStoreAsync();
        var bucket = new StateBucket(number);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => store.ReadAsync(bucket, [Key("k")], Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => ScanAsync(store, StateRange.All, bucket));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => store.WriteAsync(bucket, [Insert("k", "v")], Cancellation));
    }

    [Fact]
    public async Task ReadAsync_KeyWithoutBytes_IsAnArgumentException()
    {
        var store = await OpenStoreAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => store.ReadAsync(Bucket, [Key("k"), default], Cancellation));
    }

    // As many characters as there may be, of bytes that take three.
    private static StateKey LongestKey() => new([.. Enumerable.Range(0, StateLimits.MaxKeyCharacters / 3).Select(i => (byte)(i % 48))]);
}
