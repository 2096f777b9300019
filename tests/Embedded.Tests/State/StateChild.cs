using System.Buffers.Binary;
using KafkaFunctions.Embedded.State;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Embedded.Tests.State;

/// <summary>What a second process does to a state file, and what must be there afterwards.</summary>
internal static class StateChild
{
    public const string Store = "store";
    public const int Buckets = 8;

    private static readonly StateKey Counter = new([0xFF]);

    /// <summary>Writes to all buckets at once. Transaction n of a bucket sets its counter to n and inserts a few rows. Prints
    /// the bucket and n of everything that was acknowledged.</summary>
    public static async Task WriteAsync(string directory)
    {
        await using var storage = SqliteStateStorage.Open(directory);
        var store = await storage.OpenAsync(Store, CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, Buckets).Select(bucket => WriteAsync(store, new StateBucket(bucket))));
    }

    /// <summary>Adds one to a counter that others add to as well.</summary>
    public static async Task IncrementAsync(string directory, int times)
    {
        await using var storage = SqliteStateStorage.Open(directory);
        var store = await storage.OpenAsync(Store, CancellationToken.None);
        for (var done = 0; done < times;)
        {
            var row = (await store.ReadAsync(StateBucket.Progress, [Counter], CancellationToken.None))[0];
            try
            {
                await store.WriteAsync(StateBucket.Progress, [new StateWrite(Counter, Bytes(Number(row) + 1), row?.ETag)], CancellationToken.None);
                done++;
            }
            catch (StateConflictException)
            {
                // Another process was first.
            }
        }
    }

    public static async Task<int> ReadCounterAsync(IStateStore store, StateBucket bucket, CancellationToken cancellationToken) =>
        Number((await store.ReadAsync(bucket, [Counter], cancellationToken))[0]);

    /// <summary>The keys that a bucket has after its transaction <paramref name="last"/>.</summary>
    public static IEnumerable<StateKey> KeysAfter(int last) => last == 0
        ? []
        : Enumerable.Range(1, last).SelectMany(number => RowsOf(number).Select(write => write.Key)).Append(Counter);

    private static async Task WriteAsync(IStateStore store, StateBucket bucket)
    {
        var row = (await store.ReadAsync(bucket, [Counter], CancellationToken.None))[0];
        var etag = row?.ETag;
        for (var number = Number(row) + 1; ; number++)
        {
            var etags = await store.WriteAsync(
                bucket, [.. RowsOf(number), new StateWrite(Counter, Bytes(number), etag)], CancellationToken.None);
            etag = etags[^1];
            Console.WriteLine($"{bucket.Number} {number}");
        }
    }

    private static IEnumerable<StateWrite> RowsOf(int number) => Enumerable.Range(0, 1 + (number % 20))
        .Select(i => new StateWrite(new StateKey([.. Bytes(number), (byte)i]), Bytes(number), null));

    private static int Number(StateRow? row) => row is null ? 0 : BinaryPrimitives.ReadInt32BigEndian(row.Value);

    private static byte[] Bytes(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
