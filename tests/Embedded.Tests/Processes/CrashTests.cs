using System.Globalization;
using static KafkaFunctions.Contracts.TestRecords;

namespace KafkaFunctions.Embedded.Tests.Processes;

public sealed class CrashTests : IDisposable
{
    private const string Endless = "2000000000";

    private readonly LogFixture _fixture = new();

    private EmbeddedLog Log => _fixture.Log;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task AppendAsync_ProcessKilled_KeepsEverythingAcknowledgedAndNoPart()
    {
        var topic = await _fixture.CreateTopicAsync(partitions: 2);
        for (var round = 0; round < 5; round++)
        {
            var name = $"writer{round}";
            using var child = ChildProcess.Start(ChildCommands.Append, _fixture.Directory, topic, name, Endless);
            var acknowledged = await ReadAsync(child, lines: 20 + (round * 37));
            acknowledged = LastOf(await child.KillAsync(_fixture.Cancellation)) ?? acknowledged;

            var read = ReadValuesOf(topic, name);

            Assert.Equal(Enumerable.Range(0, read.Count), read);
            Assert.True(read.Count >= acknowledged, $"{read.Count} records of {acknowledged} acknowledged are there.");
            AssertContiguous(topic);
        }
    }

    [Fact]
    public async Task AppendAsync_ThreeProcesses_LosesAndMixesNothing()
    {
        const int calls = 200;
        var topic = await _fixture.CreateTopicAsync(partitions: 2);
        string[] names = ["one", "two", "three"];
        var children = names.Select(name =>
            ChildProcess.Start(ChildCommands.Append, _fixture.Directory, topic, name, calls.ToString(CultureInfo.InvariantCulture))).ToList();

        foreach (var child in children)
        {
            await ReadAsync(child, calls);
            Assert.Equal(0, await child.WaitForExitAsync(_fixture.Cancellation));
        }

        var each = Enumerable.Range(0, calls).Sum(call => 1 + (call % 40));
        Assert.All(names, name => Assert.Equal(Enumerable.Range(0, each), ReadValuesOf(topic, name)));
        AssertContiguous(topic);
        children.ForEach(child => child.Dispose());
    }

    [Fact]
    public async Task TryAcquireGroupAsync_OwnerKilled_IsFreeAndItsCommitsAreKept()
    {
        var topic = await _fixture.CreateTopicAsync(partitions: 2);
        using var child = ChildProcess.Start(ChildCommands.Hold, _fixture.Directory, "g", topic);
        var acknowledged = await ReadAsync(child, lines: 30);
        Assert.Null(await Log.TryAcquireGroupAsync("g", _fixture.Cancellation));

        acknowledged = LastOf(await child.KillAsync(_fixture.Cancellation)) ?? acknowledged;
        using var lease = await Log.TryAcquireGroupAsync("g", _fixture.Cancellation);

        Assert.NotNull(lease);
        var committed = Log.GetCommitted("g", topic);
        Assert.True(committed[0].Offset >= acknowledged);
        Assert.Equal(committed[0].Offset, committed[1].Offset);
    }

    private static int? LastOf(string[] lines) => lines.Length == 0 ? null : int.Parse(lines[^1], CultureInfo.InvariantCulture);

    private async Task<int> ReadAsync(ChildProcess child, int lines)
    {
        string? line = null;
        for (var i = 0; i < lines; i++)
        {
            line = await child.ReadLineAsync(_fixture.Cancellation);
            Assert.NotNull(line);
        }

        return int.Parse(line!, CultureInfo.InvariantCulture);
    }

    private List<int> ReadValuesOf(string topic, string name) =>
    [
        .. Enumerable.Range(0, 2)
            .SelectMany(partition => Log.Read(topic, partition, 0, int.MaxValue, long.MaxValue))
            .Where(record => Text(record.Key) == name)
            .Select(record => int.Parse(Text(record.Value), CultureInfo.InvariantCulture)),
    ];

    private void AssertContiguous(string topic)
    {
        foreach (var offsets in Log.GetOffsets(topic))
        {
            var read = Log.Read(topic, offsets.Partition, 0, int.MaxValue, long.MaxValue);
            Assert.Equal(Enumerable.Range(0, read.Count).Select(i => (long)i), read.Select(r => r.Offset));
            Assert.Equal(offsets.End, read.Count);
        }
    }
}
