using System.Runtime.CompilerServices;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Testing.Faults;
using KafkaFunctions.Testing.Instances;

namespace KafkaFunctions.Testing.State;

/// <summary>An instance's view of a store: its calls are steps. What a store says about itself is none.</summary>
internal sealed class InstanceStore(IStateStore stored, AppInstance instance) : IStateStore
{
    public string Name => stored.Name;

    public void Check(StateKey key, int valueBytes) => stored.Check(key, valueBytes);

    public async Task<IReadOnlyList<StateRow?>> ReadAsync(StateBucket bucket, IReadOnlyList<StateKey> keys, CancellationToken cancellationToken)
    {
        if (IsDescription(bucket, keys[0]))
        {
            return await stored.ReadAsync(bucket, keys, cancellationToken).ConfigureAwait(false);
        }

        await ReachAsync(StepKind.BeforeStateRead, bucket, null).ConfigureAwait(false);
        var rows = await stored.ReadAsync(bucket, keys, cancellationToken).ConfigureAwait(false);
        await ReachAsync(StepKind.AfterStateRead, bucket, null).ConfigureAwait(false);
        return rows;
    }

    public async IAsyncEnumerable<StateRow> ScanAsync(
        StateBucket bucket, StateRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ReachAsync(StepKind.BeforeStateRead, bucket, null).ConfigureAwait(false);
        var rows = stored.ScanAsync(bucket, range, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var disposal = rows.ConfigureAwait(false);
        var more = await rows.MoveNextAsync().ConfigureAwait(false);
        await ReachAsync(StepKind.AfterStateRead, bucket, null).ConfigureAwait(false);
        for (; more; more = await rows.MoveNextAsync().ConfigureAwait(false))
        {
            yield return rows.Current;
        }
    }

    public async Task<IReadOnlyList<string?>> WriteAsync(StateBucket bucket, IReadOnlyList<StateWrite> writes, CancellationToken cancellationToken)
    {
        var key = writes[0].Key;
        if (IsDescription(bucket, key))
        {
            return await stored.WriteAsync(bucket, writes, cancellationToken).ConfigureAwait(false);
        }

        var isProgress = bucket == StateBucket.Progress && IsOf(RowKeys.Progress, key);
        await ReachAsync(isProgress ? StepKind.BeforeProgress : StepKind.BeforeStateWrite, bucket, key).ConfigureAwait(false);
        var etags = await stored.WriteAsync(bucket, writes, cancellationToken).ConfigureAwait(false);
        await ReachAsync(isProgress ? StepKind.AfterProgress : StepKind.AfterStateWrite, bucket, key).ConfigureAwait(false);
        return etags;
    }

    private ValueTask<bool> ReachAsync(StepKind step, StateBucket bucket, StateKey? key) => instance.ReachAsync(step, kind => Trouble(kind, bucket, key));

    private Exception Trouble(FaultKind kind, StateBucket bucket, StateKey? key) => kind switch
    {
        FaultKind.Conflict => new StateConflictException(Name, bucket, key),
        FaultKind.LostAcknowledgement => new StateUnavailableException(Name, $"The answer of store '{Name}' was lost (an injected fault)."),
        _ => new StateUnavailableException(Name, $"Store '{Name}' answers 503 (an injected fault)."),
    };

    private static bool IsDescription(StateBucket bucket, StateKey key) => bucket == StateBucket.Progress && IsOf(RowKeys.Description, key);

    private static bool IsOf(byte kind, StateKey key) => key.Bytes.Length > 0 && key.Bytes[0] == kind;
}
