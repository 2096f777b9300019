using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Progress;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Windows.Maintenance;

/// <summary>Deletes the rows of keys whose windows are gone, by the clock of a source partition.</summary>
/// <remarks>A row stays for a while after its last write (<see cref="StateOptions.KeepEmptyRows"/>): an instance that lost the partition
/// and goes on with an old batch must find it, or it would begin the key anew.</remarks>
internal sealed class RowExpiry(RowTable table, IWindowOperator windows, int partition, SourceProgress progress, StateRuntime state)
{
    private const int RowsAtOnce = 100;

    private readonly long _boundary = windows.Rules.BoundaryAt(progress.StreamTime);

    /// <returns>How many keys were deleted.</returns>
    public async Task<int> DeleteAsync(StateBucket bucket, CancellationToken cancellationToken)
    {
        var deleted = 0;
        var range = TimelineKeys.Due(DueKind.Expire, partition, windows.Rules.ForgottenAt(_boundary));
        List<RowWork> works;
        do
        {
            works = [];
            await foreach (var row in table.Store.ScanAsync(bucket, range with { FetchRows = RowsAtOnce }, cancellationToken).ConfigureAwait(false))
            {
                works.Add(new RowWork(TimelineKeys.ReadIndex(row.Key).Row, bucket));
                range = range with { From = row.Key.Next() };
                if (works.Count == RowsAtOnce)
                {
                    break;
                }
            }

            await table.ReadAsync(works, cancellationToken).ConfigureAwait(false);
            foreach (var work in works)
            {
                deleted += await TryDeleteAsync(work, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }
        }
        while (works.Count == RowsAtOnce);
        return deleted;
    }

    private async Task<bool> TryDeleteAsync(RowWork work, CancellationToken cancellationToken)
    {
        var timeline = TimelineReader.Decode(table.Store, work, static () => new TimelineEntry());
        if (work.ETag is null || timeline.StoredIndex is not { Kind: DueKind.Expire })
        {
            return false;
        }

        // Where nothing is held any more, what was held when something was is no reason to keep it.
        timeline.Holds &= windows.Hold is not null;
        TimelineWriter.SetHeldIndex(timeline, windows.Hold, partition);
        var segments = timeline.Segments.Count;
        windows.Rules.Forget(timeline, _boundary, windows.HasFinals);
        if (timeline.Latest() is { } latest)
        {
            // New windows have come since; or there are more than one write drops.
            timeline.Index = new DueIndex(DueKind.Expire, partition, latest);
            work.Folded = TimelineWriter.Write(table, work, timeline, bytes => work.Row! with { Value = bytes }, 0);
            return await table.TryWriteAsync([work], [], cancellationToken).ConfigureAwait(false)
                && timeline.Segments.Count < segments
                && latest <= windows.Rules.ForgottenAt(_boundary)
                && await TryDeleteAsync(work, cancellationToken).ConfigureAwait(false);
        }

        return timeline.EarliestHeld() is null
            && state.Minute - timeline.WrittenMinute >= (long)state.Options.KeepEmptyRows.TotalMinutes
            && work.Row!.Applied.All(applied => applied.Source.Partition != partition || applied.Offset < progress.Next)
            && await TryDeleteAsync(work, timeline, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> TryDeleteAsync(RowWork work, Timeline timeline, CancellationToken cancellationToken)
    {
        List<StateWrite> writes = [new StateWrite(work.Key, null, work.ETag)];
        writes.Add(new StateWrite(TimelineKeys.Index(work.Key, timeline.StoredIndex!.Value), null, StateWrite.AnyETag));
        if (timeline.StoredHeldIndex is { } held)
        {
            writes.Add(new StateWrite(TimelineKeys.Index(work.Key, held), null, StateWrite.AnyETag));
        }

        writes.AddRange(
            from segment in timeline.Segments
            where segment.Id != TimelineSegment.Inline
            select new StateWrite(TimelineKeys.Page(work.Key, segment.Id), null, StateWrite.AnyETag));
        try
        {
            foreach (var transaction in StateTransactions.Split(writes))
            {
                await table.Store.WriteAsync(work.Bucket, transaction, cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (StateConflictException)
        {
            // It is in use again.
            return false;
        }
        finally
        {
            table.Forget(work);
        }
    }
}
