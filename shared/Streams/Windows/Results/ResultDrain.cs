using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Stores;

namespace KafkaFunctions.Streams.Windows.Results;

/// <summary>Takes results out of the outboxes of buckets, in each one's order, and deletes them once they are published. Others may do
/// the same at the same time: their copies have the same identities. One thread at a time.</summary>
internal sealed class ResultDrain(RowTable table, IReadOnlyDictionary<StateBucket, long> buckets)
{
    private const int MaxResults = 5_000;
    private const int MaxBytes = 16 * 1024 * 1024;

    private readonly List<PendingResults> _taken = [];
    private PriorityQueue<PendingResults, FinalResult>? _open;

    /// <summary>Takes out what is known to wait; null for nothing.</summary>
    public static ResultDrain? Of(RowTable table)
    {
        var buckets = new Dictionary<StateBucket, long>(table.Due.Undrained);
        return buckets.Count > 0 ? new ResultDrain(table, buckets) : null;
    }

    /// <summary>The results that come next.</summary>
    /// <returns>An empty list when all are out. What was returned before counts as published.</returns>
    public async Task<IReadOnlyList<(PendingResults Row, FinalResult Result)>> NextAsync(CancellationToken cancellationToken)
    {
        _open ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
        await DeleteAsync(cancellationToken).ConfigureAwait(false);
        var results = new List<(PendingResults, FinalResult)>();
        var bytes = 0;
        while (results.Count < MaxResults && bytes < MaxBytes && _open.TryDequeue(out var row, out var result))
        {
            results.Add((row, result));
            bytes += result.Size;
            if (!row.Advance())
            {
                _taken.Add(row);
            }

            if (await row.FollowingAsync(cancellationToken).ConfigureAwait(false) is { } following)
            {
                _open.Enqueue(following, following.Current);
            }
        }

        if (results.Count == 0)
        {
            foreach (var (bucket, mention) in buckets)
            {
                table.Due.MarkDrained(bucket, mention);
            }
        }

        return results;
    }

    /// <summary>Each bucket's rows follow each other; among buckets the earliest window comes first.</summary>
    private async Task<PriorityQueue<PendingResults, FinalResult>> OpenAsync(CancellationToken cancellationToken)
    {
        var open = new PriorityQueue<PendingResults, FinalResult>();
        foreach (var rows in await Task.WhenAll(buckets.Keys.Select(bucket => new OutboxReader(table, bucket).NextAsync(cancellationToken))).ConfigureAwait(false))
        {
            if (rows is not null)
            {
                open.Enqueue(rows, rows.Current);
            }
        }

        return open;
    }

    private async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_taken.GroupBy(row => row.Bucket).Select(rows => DeleteAsync(rows.Key, [.. rows], cancellationToken))).ConfigureAwait(false);
        _taken.Clear();
    }

    private async Task DeleteAsync(StateBucket bucket, List<PendingResults> rows, CancellationToken cancellationToken)
    {
        List<StateWrite> writes = rows.ConvertAll(row => new StateWrite(row.Row.Key, null, StateWrite.AnyETag));
        foreach (var transaction in StateTransactions.Split(writes))
        {
            try
            {
                await table.Store.WriteAsync(bucket, transaction, cancellationToken).ConfigureAwait(false);
                table.Instruments.Written(table.Store.Name, transaction.Count);
            }
            catch (StateConflictException)
            {
                await DeleteRestAsync(bucket, transaction, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Another instance has deleted some of them.</summary>
    private async Task DeleteRestAsync(StateBucket bucket, IReadOnlyList<StateWrite> writes, CancellationToken cancellationToken)
    {
        foreach (var write in writes)
        {
            try
            {
                await table.Store.WriteAsync(bucket, [write], cancellationToken).ConfigureAwait(false);
            }
            catch (StateConflictException)
            {
                // Gone, as it should be.
            }
        }
    }
}
