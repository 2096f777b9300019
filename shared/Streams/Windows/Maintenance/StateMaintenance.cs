using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Joins.StreamJoins;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Progress;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Windows.Results;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Windows.Maintenance;

/// <summary>What is to be done for a function's windows when no record comes: closing those of a quiet topic, and deleting what is no
/// longer needed. Both under a lease: one instance at a time. Safe for concurrent use.</summary>
public sealed class StateMaintenance
{
    private const string IdleLease = "idle";
    private const string ExpiryLease = "expiry";

    // Longer than a run takes; whoever dies with it holds the others up for no longer.
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(5);

    private readonly StreamProcessor _processor;
    private readonly StateRuntime _state;
    private readonly StreamFunction _function;
    private readonly IWindowOperator? _windows;
    private readonly StateBarrier? _barrier;

    /// <summary>Creates the maintenance of a function.</summary>
    /// <param name="processor">The function's processor.</param>
    /// <param name="state">The state runtime; it knows the broker.</param>
    /// <param name="function">The function; it knows its own topic.</param>
    public StateMaintenance(StreamProcessor processor, StateRuntime state, StreamFunction function)
    {
        ArgumentNullException.ThrowIfNull(processor);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(function);
        _processor = processor;
        _state = state;
        _function = function;
        _barrier = processor.Barriers.FirstOrDefault(barrier => barrier.KeepsState);
        _windows = _barrier?.Windows;
    }

    /// <summary>Lets the clock of each partition go on by wall time that has been quiet for longer than its windows allow and has nothing
    /// left to read, and publishes the results of the windows that this closes, and those that were held until then.</summary>
    /// <param name="publish">Publishes results, in their order; returns when all are acknowledged.</param>
    /// <param name="cancellationToken">Stops between partitions.</param>
    /// <returns>How many results there were.</returns>
    /// <exception cref="StateUnavailableException">The store does not answer. The next run does what is left.</exception>
    public async Task<int> CloseIdleAsync(Func<StreamResult, CancellationToken, Task> publish, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(publish);
        if (_windows is not { Rules.Idle: { } idle } || (!_windows.HasFinals && _windows.Hold is null) || await OpenAsync(cancellationToken).ConfigureAwait(false) is not { } table)
        {
            return 0;
        }

        var lease = await StateLease.TryAcquireAsync(table.Store, IdleLease, _state.Time, LeaseTime, cancellationToken).ConfigureAwait(false);
        if (lease is null)
        {
            return 0;
        }

        // A run that closed them may have ended before it published, and no record comes that would have them found.
        table.Buckets.ForEach(table.Due.MarkUndrained);
        foreach (var (partition, progress) in await QuietAsync(table, cancellationToken).ConfigureAwait(false))
        {
            await CloseIdleAsync(table, partition, progress, idle, cancellationToken).ConfigureAwait(false);
        }

        var published = await DrainAsync(table, publish, cancellationToken).ConfigureAwait(false);
        await lease.ReleaseAsync(cancellationToken).ConfigureAwait(false);
        return published;
    }

    /// <summary>Deletes rows that hold nothing any more and were not written for a while, and moves others on in the index.</summary>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <returns>How many keys were deleted.</returns>
    /// <exception cref="StateUnavailableException">The store does not answer. The next run does what is left.</exception>
    public async Task<int> DeleteExpiredAsync(CancellationToken cancellationToken = default)
    {
        if ((_windows is null && _barrier?.StreamJoin is null) || await OpenAsync(cancellationToken).ConfigureAwait(false) is not { } table)
        {
            return 0;
        }

        var lease = await StateLease.TryAcquireAsync(table.Store, ExpiryLease, _state.Time, LeaseTime, cancellationToken).ConfigureAwait(false);
        if (lease is null)
        {
            return 0;
        }

        var deleted = 0;
        foreach (var expiry in await ExpiriesAsync(table, cancellationToken).ConfigureAwait(false))
        {
            foreach (var bucket in table.Buckets)
            {
                deleted += await expiry.DeleteAsync(bucket, cancellationToken).ConfigureAwait(false);
            }
        }

        await lease.ReleaseAsync(cancellationToken).ConfigureAwait(false);
        return deleted;
    }

    private async Task<List<RowExpiry>> ExpiriesAsync(RowTable table, CancellationToken cancellationToken)
    {
        if (_barrier!.StreamJoin is { } join)
        {
            return [await JoinExpiry.ReadAsync(table, join.Windows, _barrier.Share!, _state, _function.TopicOf, cancellationToken).ConfigureAwait(false)];
        }

        var progress = await ProgressAsync(table, cancellationToken).ConfigureAwait(false);
        return [.. progress.Select(known => new WindowExpiry(table, _windows!, known.Key, known.Value, _state))];
    }

    private async Task CloseIdleAsync(RowTable table, int partition, SourceProgress progress, long idle, CancellationToken cancellationToken)
    {
        var quiet = _state.Time.GetUtcNow().ToUnixTimeMilliseconds() - progress.Active;
        var time = progress.StreamTime + (quiet - idle);
        var (closes, releases) = progress.Active == 0 || quiet < idle ? default : await FindDueAsync(table, partition, time, cancellationToken).ConfigureAwait(false);
        if (!closes && !releases)
        {
            return;
        }

        // First: what is late stays late, whoever closes the windows.
        var source = new SourcePartition(TopicOf()!, partition);
        if (!await _state.ProgressOf(table, _function.Name).AdvanceAsync(source, progress, time, progress.Active + quiet - idle, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (closes)
        {
            table.Due.Forget(partition);
            await new WindowCloser(table, _windows!.Rules, partition, _windows.Rules.BoundaryAt(time), isByIdleness: true).CloseAsync(cancellationToken).ConfigureAwait(false);
        }

        if (releases)
        {
            table.Due.Forget(DueTimes.ClockOf(DueKind.Release, partition));
            await new HoldCloser(table, _windows!.Hold!, partition, _windows.Hold!.DueAt(time), isByIdleness: true).CloseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(bool Closes, bool Releases)> FindDueAsync(RowTable table, int partition, long time, CancellationToken cancellationToken) => (
        _windows!.HasFinals && await IsDueAsync(table, DueKind.Close, partition, _windows.Rules.BoundaryAt(time), cancellationToken).ConfigureAwait(false),
        _windows.Hold is { } hold && await IsDueAsync(table, DueKind.Release, partition, hold.DueAt(time), cancellationToken).ConfigureAwait(false));

    private async Task<int> DrainAsync(RowTable table, Func<StreamResult, CancellationToken, Task> publish, CancellationToken cancellationToken)
    {
        var published = 0;
        var drain = ResultDrain.Of(table);
        while (drain is not null && await drain.NextAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } results)
        {
            await publish(ResultForwarding.Forward(_processor.Outputs, _function.Name, TopicOf()!, _windows!.Forward, results), cancellationToken).ConfigureAwait(false);
            published += results.Count;
        }

        return published;
    }

    private static async Task<bool> IsDueAsync(RowTable table, DueKind kind, int partition, long boundary, CancellationToken cancellationToken)
    {
        foreach (var bucket in table.Buckets)
        {
            var range = TimelineKeys.Due(kind, partition, boundary) with { FetchRows = 1 };
            await foreach (var _ in table.Store.ScanAsync(bucket, range, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The partitions with nothing left to read.</summary>
    private async Task<List<KeyValuePair<int, SourceProgress>>> QuietAsync(RowTable table, CancellationToken cancellationToken)
    {
        if (TopicOf() is not { } topic || _state.Topics is null)
        {
            return [];
        }

        IReadOnlyList<PartitionOffsets> ends = await _state.Topics.GetOffsetsAsync(topic, cancellationToken).ConfigureAwait(false);
        var progress = await ProgressAsync(table, cancellationToken).ConfigureAwait(false);
        return [.. progress.Where(known => known.Value.StreamTime >= 0 && ends.Any(end => end.Partition == known.Key && known.Value.Next >= end.End))];
    }

    private Task<Dictionary<int, SourceProgress>> ProgressAsync(RowTable table, CancellationToken cancellationToken) =>
        ProgressReader.ReadAsync(table.Store, _function.Name, TopicOf() ?? "", cancellationToken);

    private string? TopicOf() => _function.TopicOf?.Invoke(_function.Name);

    /// <summary>The function's store; null where the function has not begun.</summary>
    private async Task<RowTable?> OpenAsync(CancellationToken cancellationToken)
    {
        var table = await _state.FindAsync(_barrier!.Store, cancellationToken).ConfigureAwait(false);
        return table?.Description.Functions.Contains(_function.Name) == true ? table : null;
    }
}
