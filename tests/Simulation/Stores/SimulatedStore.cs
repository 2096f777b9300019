using KafkaFunctions.Simulation.Instances;
using KafkaFunctions.Simulation.Scheduling;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Simulation.Stores;

/// <summary>An instance's view of a store: every call is a step, which may be refused, or answered late or never.</summary>
internal sealed class SimulatedStore(World world, IStateStore stored, Instance owner, LateRows? late) : IStateStore
{
    private readonly Scheduler _scheduler = world.Scheduler;
    private readonly BrokenResults _results = new(world.Broken, world.Dice);

    public string Name => stored.Name;

    public void Check(StateKey key, int valueBytes) => stored.Check(key, valueBytes);

    public Task<IReadOnlyList<StateRow?>> ReadAsync(StateBucket bucket, IReadOnlyList<StateKey> keys, CancellationToken cancellationToken)
    {
        var step = new ResultStep<IReadOnlyList<StateRow?>>(StepKind.Read, owner, $"{Name} {bucket} {keys.Count}", () => Read(bucket, keys))
        {
            Trouble = Unavailable,
            LostAnswer = Unavailable,
        };
        _scheduler.Add(step);
        return step.Task;
    }

    public async IAsyncEnumerable<StateRow> ScanAsync(
        StateBucket bucket, StateRange range, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (BrokenResults.IsOutbox(range.From))
        {
            foreach (var row in _results.Outbox(stored, bucket, await ScanPageAsync(bucket, range, int.MaxValue).ConfigureAwait(false)))
            {
                yield return row;
            }

            yield break;
        }

        List<StateRow> page;
        do
        {
            page = await ScanPageAsync(bucket, range, world.ScanPageRows).ConfigureAwait(false);
            foreach (var row in page)
            {
                yield return row;
                range = range with { From = row.Key.Next() };
            }
        }
        while (page.Count == world.ScanPageRows);
    }

    public Task<IReadOnlyList<string?>> WriteAsync(StateBucket bucket, IReadOnlyList<StateWrite> writes, CancellationToken cancellationToken)
    {
        var step = new ResultStep<IReadOnlyList<string?>>(StepKind.Write, owner, $"{Name} {bucket} {writes.Count}", () => Write(bucket, writes))
        {
            Trouble = Unavailable,
            LostAnswer = () => LostWrite(bucket, writes),
        };
        _scheduler.Add(step);
        return step.Task;
    }

    private Task<List<StateRow>> ScanPageAsync(StateBucket bucket, StateRange range, int rows)
    {
        var step = new ResultStep<List<StateRow>>(
            StepKind.Scan, owner, $"{Name} {bucket}", () => Synchronous.ResultOf(stored.ScanAsync(bucket, range, CancellationToken.None), rows))
        {
            Trouble = Unavailable,
            LostAnswer = Unavailable,
        };
        _scheduler.Add(step);
        return step.Task;
    }

    private IReadOnlyList<StateRow?> Read(StateBucket bucket, IReadOnlyList<StateKey> keys)
    {
        var rows = Synchronous.ResultOf(stored.ReadAsync(bucket, keys, CancellationToken.None));
        return late?.Over(stored, bucket, keys, rows) ?? rows;
    }

    private IReadOnlyList<string?> Write(StateBucket bucket, IReadOnlyList<StateWrite> writes)
    {
        switch (world.Broken)
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

        return Synchronous.ResultOf(stored.WriteAsync(bucket, _results.Write(bucket, writes), CancellationToken.None));
    }

    private static byte[]? WithoutPending(byte[]? value) =>
        value is null ? null : RowCodec.Encode(RowCodec.Decode(value) with { Pending = [] });

    private StateUnavailableException Unavailable() => new(Name, "503");

    /// <summary>A client that repeats what it has no answer to may meet its own first success.</summary>
    private Exception LostWrite(StateBucket bucket, IReadOnlyList<StateWrite> writes) => _scheduler.Steps % 2 == 0
        ? new StateConflictException(Name, bucket, writes[0].Key)
        : Unavailable();
}
