using KafkaFunctions.Simulation.Instances;
using KafkaFunctions.Simulation.Scheduling;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Simulation.Stores;

/// <summary>An instance's view of a store: every call is a step, which may be refused, or answered late or never.</summary>
internal sealed class SimulatedStore(Scheduler scheduler, IStateStore stored, Instance owner, ProtocolRule broken, LateRows? late) : IStateStore
{
    public string Name => stored.Name;

    public void Check(StateKey key, int valueBytes) => stored.Check(key, valueBytes);

    public Task<IReadOnlyList<StateRow?>> ReadAsync(StateBucket bucket, IReadOnlyList<StateKey> keys, CancellationToken cancellationToken)
    {
        var step = new ResultStep<IReadOnlyList<StateRow?>>(StepKind.Read, owner, $"{Name} {bucket} {keys.Count}", () => Read(bucket, keys))
        {
            Trouble = Unavailable,
            LostAnswer = Unavailable,
        };
        scheduler.Add(step);
        return step.Task;
    }

    public async IAsyncEnumerable<StateRow> ScanAsync(
        StateBucket bucket, StateRange range, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var step = new ResultStep<List<StateRow>>(
            StepKind.Scan, owner, $"{Name} {bucket}", () => Synchronous.ResultOf(stored.ScanAsync(bucket, range, CancellationToken.None)))
        {
            Trouble = Unavailable,
            LostAnswer = Unavailable,
        };
        scheduler.Add(step);
        foreach (var row in await step.Task.ConfigureAwait(false))
        {
            yield return row;
        }
    }

    public Task<IReadOnlyList<string?>> WriteAsync(StateBucket bucket, IReadOnlyList<StateWrite> writes, CancellationToken cancellationToken)
    {
        var step = new ResultStep<IReadOnlyList<string?>>(StepKind.Write, owner, $"{Name} {bucket} {writes.Count}", () => Write(bucket, writes))
        {
            Trouble = Unavailable,
            LostAnswer = () => LostWrite(bucket, writes),
        };
        scheduler.Add(step);
        return step.Task;
    }

    private IReadOnlyList<StateRow?> Read(StateBucket bucket, IReadOnlyList<StateKey> keys)
    {
        var rows = Synchronous.ResultOf(stored.ReadAsync(bucket, keys, CancellationToken.None));
        return late?.Over(stored, bucket, keys, rows) ?? rows;
    }

    private IReadOnlyList<string?> Write(StateBucket bucket, IReadOnlyList<StateWrite> writes)
    {
        switch (broken)
        {
            case ProtocolRule.StateBeforePublish when bucket != StateBucket.Progress:
                return late!.Keep(stored, bucket, writes);
            case ProtocolRule.StateBeforePublish:
                late!.Store();
                break;
            case ProtocolRule.ConditionalWrite:
                var rows = Synchronous.ResultOf(stored.ReadAsync(bucket, [.. writes.Select(write => write.Key)], CancellationToken.None));
                writes = [.. writes.Select((write, i) => write with { ETag = rows[i]?.ETag })];
                break;
            case ProtocolRule.Pending when bucket != StateBucket.Progress:
                writes = [.. writes.Select(write => write with { Value = WithoutPending(write.Value) })];
                break;
        }

        return Synchronous.ResultOf(stored.WriteAsync(bucket, writes, CancellationToken.None));
    }

    private static byte[]? WithoutPending(byte[]? value) =>
        value is null ? null : RowCodec.Encode(RowCodec.Decode(value) with { Pending = [] });

    private StateUnavailableException Unavailable() => new(Name, "503");

    /// <summary>A client that repeats what it has no answer to may meet its own first success.</summary>
    private Exception LostWrite(StateBucket bucket, IReadOnlyList<StateWrite> writes) => scheduler.Steps % 2 == 0
        ? new StateConflictException(Name, bucket, writes[0].Key)
        : Unavailable();
}
