using System.Globalization;
using KafkaFunctions.Embedded.Tests.Processes;
using KafkaFunctions.Streams.State;
using static KafkaFunctions.Embedded.Tests.State.StateFixture;

namespace KafkaFunctions.Embedded.Tests.State;

public sealed class SqliteStateCrashTests : IDisposable
{
    private readonly StateFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task WriteAsync_ProcessKilled_KeepsEveryAcknowledgedTransactionWhole()
    {
        await using var storage = _fixture.Open();
        var store = await storage.OpenAsync(StateChild.Store, Cancellation);
        for (var round = 0; round < 5; round++)
        {
            using var child = ChildProcess.Start(ChildCommands.WriteState, _fixture.Directory);
            var acknowledged = await ReadAsync(child, lines: 30 + (round * 37));
            Array.ForEach(await child.KillAsync(Cancellation), line => Note(acknowledged, line));

            for (var number = 0; number < StateChild.Buckets; number++)
            {
                await AssertWholeAsync(store, new StateBucket(number), acknowledged[number]);
            }
        }
    }

    [Fact]
    public async Task WriteAsync_ThreeProcessesIncrementOneRow_NoneIsLost()
    {
        const int times = 100;
        var children = Enumerable.Range(0, 3)
            .Select(_ => ChildProcess.Start(ChildCommands.IncrementState, _fixture.Directory, times.ToString(CultureInfo.InvariantCulture))).ToList();

        foreach (var child in children)
        {
            Assert.Equal(0, await child.WaitForExitAsync(Cancellation));
        }

        await using var storage = _fixture.Open();
        var store = await storage.OpenAsync(StateChild.Store, Cancellation);
        Assert.Equal(3 * times, await StateChild.ReadCounterAsync(store, StateBucket.Progress, Cancellation));
        children.ForEach(child => child.Dispose());
    }

    private static async Task AssertWholeAsync(IStateStore store, StateBucket bucket, int acknowledged)
    {
        var last = await StateChild.ReadCounterAsync(store, bucket, Cancellation);
        Assert.True(last >= acknowledged, $"Transaction {acknowledged} of bucket {bucket} was acknowledged; {last} is the last that is there.");
        var keys = await store.ScanAsync(bucket, StateRange.All, Cancellation).Select(row => row.Key).ToListAsync(Cancellation);
        Assert.Equal(StateChild.KeysAfter(last), keys);
    }

    private static async Task<int[]> ReadAsync(ChildProcess child, int lines)
    {
        var acknowledged = new int[StateChild.Buckets];
        for (var i = 0; i < lines; i++)
        {
            var line = await child.ReadLineAsync(Cancellation);
            Assert.NotNull(line);
            Note(acknowledged, line);
        }

        return acknowledged;
    }

    private static void Note(int[] acknowledged, string line)
    {
        var parts = line.Split(' ').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToList();
        acknowledged[parts[0]] = parts[1];
    }
}
