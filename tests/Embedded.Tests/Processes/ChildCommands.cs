using System.Globalization;
using KafkaFunctions.Embedded.Tests.State;
using KafkaFunctions.Streams.Records;
using static KafkaFunctions.Contracts.TestRecords;

namespace KafkaFunctions.Embedded.Tests.Processes;

/// <summary>What a <see cref="ChildProcess"/> does. It prints a line for everything that was acknowledged.</summary>
internal static class ChildCommands
{
    public const string Append = "append";
    public const string Hold = "hold";
    public const string WriteState = "write-state";
    public const string IncrementState = "increment-state";

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case [WriteState, var directory]:
                await StateChild.WriteAsync(directory);
                return 0;
            case [IncrementState, var directory, var times]:
                await StateChild.IncrementAsync(directory, int.Parse(times, CultureInfo.InvariantCulture));
                return 0;
            default:
                return await RunOnLogAsync(args);
        }
    }

    private static async Task<int> RunOnLogAsync(string[] args)
    {
        using var log = EmbeddedLog.Open(args[1]);
        switch (args)
        {
            case [Append, _, var topic, var name, var calls]:
                await AppendAsync(log, topic, name, int.Parse(calls, CultureInfo.InvariantCulture));
                return 0;
            case [Hold, _, var group, var topic]:
                await HoldAsync(log, group, topic);
                return 0;
            default:
                return 2;
        }
    }

    // Each call appends a few records, numbered without a gap, with the writer's name as their key.
    private static async Task AppendAsync(EmbeddedLog log, string topic, string name, int calls)
    {
        var next = 0;
        for (var call = 0; call < calls; call++)
        {
            var size = 1 + (call % 40);
            OutputRecord[] records = [.. Enumerable.Range(next, size).Select(i => Record(name, $"{i}"))];
            await log.AppendAsync(topic, records, CancellationToken.None);
            next += size;
            Console.WriteLine(next);
        }
    }

    // Owns a group and commits ever higher offsets.
    private static async Task HoldAsync(EmbeddedLog log, string group, string topic)
    {
        using var lease = await log.TryAcquireGroupAsync(group, CancellationToken.None)
            ?? throw new InvalidOperationException("The group is held by somebody else.");
        for (var offset = 1L; ; offset++)
        {
            await lease.CommitAsync([new GroupOffset(topic, 0, offset), new GroupOffset(topic, 1, offset)], CancellationToken.None);
            Console.WriteLine(offset);
        }
    }
}
