using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Windows.Results;

/// <summary>Closes what is due by a clock and moves the results to the bucket's outbox: one transaction marks it closed, moves the keys on
/// in the index, and adds an outbox row under the bucket's next number (design rule 6). Any instance may do it; who comes second finds it
/// done.</summary>
/// <param name="table">The store.</param>
/// <param name="kind">What is due.</param>
/// <param name="source">The clock: a source partition, or a side of a join.</param>
/// <param name="boundary">The highest time in the index that the clock has passed.</param>
internal abstract class ResultCloser(RowTable table, DueKind kind, int source, long boundary)
{
    // A key writes its row, two places in the index and perhaps pages; an outbox row and its number come to them.
    private const int MaxKeys = 30;
    private const int MaxRows = StateLimits.MaxRowsPerTransaction - 2;
    private const long MaxRowBytes = StateLimits.MaxBytesPerTransaction - StateLimits.MaxValueBytes;
    private const int MaxOutboxBytes = StateLimits.MaxValueBytes - (16 * 1024);

    private readonly int _clock = DueTimes.ClockOf(kind, source);

    /// <summary>Closes what is due. The buckets where that may have been are noted as such that have results to be published.</summary>
    public Task CloseAsync(CancellationToken cancellationToken) => CloseAsync(table.Due.By(_clock, boundary), cancellationToken);

    /// <summary>Closes what is due in some buckets.</summary>
    public Task CloseAsync(IEnumerable<StateBucket> buckets, CancellationToken cancellationToken) =>
        Task.WhenAll(buckets.Select(bucket => CloseAsync(bucket, cancellationToken)));

    private async Task CloseAsync(StateBucket bucket, CancellationToken cancellationToken)
    {
        // Another instance may have closed what was due, and be gone before it published.
        table.Due.MarkUndrained(bucket);
        while (true)
        {
            var begun = table.Due.BeginLook();
            var (due, next) = await ScanAsync(bucket, cancellationToken).ConfigureAwait(false);
            if (due.Count == 0)
            {
                table.Due.Set(_clock, bucket, next ?? long.MaxValue, begun);
                return;
            }

            try
            {
                if (await CloseAsync(bucket, due, next, cancellationToken).ConfigureAwait(false) is null)
                {
                    // What the index says is not what the rows say: another instance is at work. The next batch looks again.
                    return;
                }
            }
            finally
            {
                // Again: another batch of this instance may have emptied the outbox in between. And whatever comes of it: it may be done
                // though the answer is lost.
                table.Due.MarkUndrained(bucket);
            }
        }
    }

    /// <summary>The first keys that are due, and the time of the one behind them.</summary>
    private async Task<(List<(RowWork Work, long Time)> Due, long? Next)> ScanAsync(StateBucket bucket, CancellationToken cancellationToken)
    {
        var due = new List<(RowWork, long)>();
        var keys = new HashSet<StateKey>();
        var range = TimelineKeys.Due(kind, source, long.MaxValue) with { FetchRows = MaxKeys + 1 };
        await foreach (var row in table.Store.ScanAsync(bucket, range, cancellationToken).ConfigureAwait(false))
        {
            var (key, time) = TimelineKeys.ReadIndex(row.Key);
            if (time > boundary || due.Count == MaxKeys)
            {
                return (due, time);
            }

            // One that another instance moves on during the scan may be met again.
            if (keys.Add(key))
            {
                due.Add((new RowWork(key, bucket), time));
            }
        }

        return (due, null);
    }

    /// <returns>Whether something was closed; false after a conflict, null where nothing is to be done after all.</returns>
    private async Task<bool?> CloseAsync(StateBucket bucket, List<(RowWork Work, long Time)> due, long? next, CancellationToken cancellationToken)
    {
        await LoadAsync(due, cancellationToken).ConfigureAwait(false);
        var results = new List<FinalResult>();
        var works = new List<RowWork>();
        var (bytes, rows, size) = (0, 0, 0L);
        foreach (var (work, time) in due)
        {
            // Windows of keys behind the ones at hand come first, where they end earlier.
            var until = next is { } limit && limit <= boundary && time < limit ? limit - 1 : time == next ? time : boundary;
            work.Folded = default;
            var closed = await CloseKeyAsync(work, Math.Min(until, boundary), MaxOutboxBytes - bytes, cancellationToken).ConfigureAwait(false);
            if (work.Folded.Bytes is not null)
            {
                rows += 1 + (work.Folded.Extras?.Count ?? 0);
                size += SizeOf(work.Folded);
                if (works.Count > 0 && (rows > MaxRows || size > MaxRowBytes))
                {
                    break;
                }

                works.Add(work);
                results.AddRange(closed);
                bytes += closed.Sum(result => result.Size);
            }

            if (bytes >= MaxOutboxBytes / 2)
            {
                break;
            }
        }

        if (works.Count == 0)
        {
            return null;
        }

        if (results.Count == 0)
        {
            return await table.TryWriteAsync(works, [], cancellationToken).ConfigureAwait(false);
        }

        // Stable: duplicates in a join are in the order in which they came.
        return await WriteAsync(bucket, works, [.. results.Order()], cancellationToken).ConfigureAwait(false);
    }

    private static long SizeOf(in FoldedRow folded)
    {
        var size = (long)folded.Bytes!.Length;
        foreach (var write in folded.Extras ?? [])
        {
            size += StateRules.SizeOf(write);
        }

        return size;
    }

    private async Task LoadAsync(List<(RowWork Work, long Time)> due, CancellationToken cancellationToken)
    {
        await table.LoadAsync(due.ConvertAll(item => item.Work), cancellationToken).ConfigureAwait(false);
        var stale = due.FindAll(item => IndexOf(item.Work) is not { } index || index.Kind != kind || index.Time != item.Time);
        if (stale.Count > 0)
        {
            stale.ForEach(item => table.Forget(item.Work));
            await table.ReadAsync(stale.ConvertAll(item => item.Work), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The key's place in the index, by the row.</summary>
    protected abstract DueIndex? IndexOf(RowWork work);

    /// <summary>Closes what is due of a key, as far as the results have room, and sets what is to be written, if anything.</summary>
    protected abstract Task<List<FinalResult>> CloseKeyAsync(RowWork work, long until, int room, CancellationToken cancellationToken);

    private async Task<bool> WriteAsync(StateBucket bucket, List<RowWork> works, List<FinalResult> results, CancellationToken cancellationToken)
    {
        var number = (await table.Store.ReadAsync(bucket, [OutboxRow.NumberKey], cancellationToken).ConfigureAwait(false))[0];
        var outbox = new OutboxRow(number is null ? 0 : OutboxRow.DecodeNumber(number.Value), results);
        return await table.TryWriteAsync(
            works,
            [
                new StateWrite(outbox.Key, outbox.Encode(), StateWrite.AnyETag),
                new StateWrite(OutboxRow.NumberKey, OutboxRow.EncodeNumber(outbox.Number + 1), number?.ETag),
            ],
            cancellationToken).ConfigureAwait(false);
    }
}
