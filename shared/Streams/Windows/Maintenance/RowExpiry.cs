using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Windows.Maintenance;

/// <summary>Deletes the rows of keys that hold nothing any more, by a clock.</summary>
/// <remarks>A row stays for a while after its last write (<see cref="StateOptions.KeepEmptyRows"/>): an instance that lost the partition
/// and goes on with an old batch must find it, or it would begin the key anew.</remarks>
/// <param name="table">The store.</param>
/// <param name="source">The clock: a source partition, or 0 for a join's.</param>
/// <param name="until">The highest end, or time, of what is not needed.</param>
/// <param name="state">The runtime.</param>
internal abstract class RowExpiry(RowTable table, int source, long until, StateRuntime state)
{
    private const int RowsAtOnce = 100;

    protected int Source => source;

    protected long Until => until;

    /// <returns>How many keys were deleted.</returns>
    public async Task<int> DeleteAsync(StateBucket bucket, CancellationToken cancellationToken)
    {
        var deleted = 0;
        var range = TimelineKeys.Due(DueKind.Expire, source, until);
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
            foreach (var work in works.Where(work => work.ETag is not null))
            {
                deleted += await TryDeleteAsync(work, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }
        }
        while (works.Count == RowsAtOnce);
        return deleted;
    }

    /// <summary>Deletes a row that holds nothing any more, or moves it on in the index.</summary>
    /// <returns>Whether it was deleted.</returns>
    protected abstract Task<bool> TryDeleteAsync(RowWork work, CancellationToken cancellationToken);

    /// <summary>Whether a row was not written for long enough.</summary>
    protected bool IsOld(Timeline timeline) => state.Minute - timeline.WrittenMinute >= (long)state.Options.KeepEmptyRows.TotalMinutes;

    /// <summary>Deletes a row with its pages and its places in the index, unless it is in use again.</summary>
    protected async Task<bool> TryDeleteAsync(RowWork work, IReadOnlyList<Timeline> timelines, CancellationToken cancellationToken)
    {
        List<StateWrite> writes = [new StateWrite(work.Key, null, work.ETag)];
        writes.AddRange(
            from timeline in timelines
            from index in (DueIndex?[])[timeline.StoredIndex, timeline.StoredHeldIndex]
            where index is not null
            select new StateWrite(TimelineKeys.Index(work.Key, index.Value), null, StateWrite.AnyETag));
        writes.AddRange(
            from timeline in timelines
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
