using System.Globalization;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Contracts.State;

/// <content>Several writers and readers at once.</content>
public abstract partial class StateStoreContract
{
    private const int Writers = 6;

    [Fact]
    public async Task WriteAsync_ManyIncrementOneRow_NoneIsLost()
    {
        var store = await OpenStoreAsync();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => IncrementAsync(store, Increments), Cancellation)));

        Assert.Equal(Writers * Increments, Number((await GetAsync(store, "counter")).Value));
    }

    [Fact]
    public async Task WriteAsync_SeveralStoragesIncrementOneRow_NoneIsLost()
    {
        Assert.SkipUnless(IsDurable, "Nothing is shared.");
        var name = UniqueName();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(
            async () =>
            {
                await using var storage = await OpenStorageAsync();
                await IncrementAsync(await storage.OpenAsync(name, Cancellation), Increments);
            },
            Cancellation)));

        var store = await Storage.OpenAsync(name, Cancellation);
        Assert.Equal(3 * Increments, Number((await GetAsync(store, "counter")).Value));
    }

    [Fact]
    public async Task ReadAsync_WhileATransactionIsWritten_SeesAllOfItOrNone()
    {
        StateKey[] keys = [Key("a"), Key("m"), Key("z")];
        var store = await OpenStoreAsync();
        var etags = await store.WriteAsync(Bucket, [.. keys.Select(key => new StateWrite(key, Value("0"), null))], Cancellation);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(
            async () =>
            {
                var newest = 0L;
                while (!done.IsCancellationRequested)
                {
                    var rows = await store.ReadAsync(Bucket, keys, Cancellation);
                    var seen = Assert.Single(rows.Select(row => Number(row!.Value)).Distinct());
                    Assert.True(seen >= newest, $"{seen} was read after {newest}.");
                    newest = seen;
                }
            },
            Cancellation)).ToList();

        for (var i = 1; i <= Increments && !readers.Any(reader => reader.IsFaulted); i++)
        {
            etags = await store.WriteAsync(
                Bucket, [.. keys.Select((key, at) => new StateWrite(key, Value($"{i}"), etags[at]))], Cancellation);
            Assert.Equal(i, Number((await GetAsync(store, "m")).Value));
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task WriteAsync_ManyBucketsAtOnce_AllAreWritten()
    {
        const int buckets = 16;
        var store = await OpenStoreAsync();

        await Task.WhenAll(Enumerable.Range(0, buckets).Select(bucket => store.WriteAsync(
            new StateBucket(bucket), [.. Enumerable.Range(0, 20).Select(i => Insert($"k{i:00}", $"{bucket}/{i}"))], Cancellation)));

        for (var bucket = 0; bucket < buckets; bucket++)
        {
            var rows = await ScanAsync(store, StateRange.All, new StateBucket(bucket));
            Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{bucket}/{i}"), rows.Select(row => Text(row.Value)));
        }
    }

    private static long Number(byte[] value) => long.Parse(Text(value), CultureInfo.InvariantCulture);

    private async Task IncrementAsync(IStateStore store, int times)
    {
        for (var done = 0; done < times;)
        {
            var row = await ReadAsync(store, Key("counter"));
            var next = (row is null ? 0 : Number(row.Value)) + 1;
            try
            {
                await WriteAsync(store, new StateWrite(Key("counter"), Value($"{next}"), row?.ETag));
                done++;
            }
            catch (StateConflictException)
            {
                // Read again.
            }
        }
    }
}
