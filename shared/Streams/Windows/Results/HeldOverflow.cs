using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Windows.Results;

/// <summary>Where more results of a source partition are held than are to be, lets those go early that were held first.</summary>
internal sealed class HeldOverflow(RowTable table, HoldRules hold, int source)
{
    private const int RowsAtOnce = 100;

    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (hold.MaxRows is not { } most || !table.Held.MayExceed(source, most))
        {
            return;
        }

        var keys = (await Task.WhenAll(table.Buckets.Select(bucket => ReadIndexAsync(bucket, cancellationToken))).ConfigureAwait(false))
            .SelectMany(bucket => bucket)
            .OrderBy(key => key.Since)
            .ThenBy(key => key.Work.Key)
            .ToList();
        var count = keys.Sum(key => (long)key.Count);
        table.Held.Set(source, count);
        if (count > most && await MarkAsync(keys, count - most, cancellationToken).ConfigureAwait(false) is { } mark)
        {
            var buckets = keys.TakeWhile(key => key.Since <= mark.Since).Select(key => key.Work.Bucket).Distinct();
            await new HoldCloser(table, hold, source, mark.Since, isByIdleness: false) { Mark = mark }.CloseAsync(buckets, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<List<HeldKey>> ReadIndexAsync(StateBucket bucket, CancellationToken cancellationToken)
    {
        var keys = new List<HeldKey>();
        await foreach (var row in table.Store.ScanAsync(bucket, TimelineKeys.Due(DueKind.Release, source, long.MaxValue), cancellationToken).ConfigureAwait(false))
        {
            var (key, since) = TimelineKeys.ReadIndex(row.Key);
            keys.Add(new HeldKey(new RowWork(key, bucket), since, TimelineKeys.ReadHeld(row.Value)));
        }

        return keys;
    }

    /// <summary>Finds the last of the first <paramref name="most"/> results; looks at no more keys than may have one of them.</summary>
    private async Task<HeldMark?> MarkAsync(List<HeldKey> keys, long most, CancellationToken cancellationToken)
    {
        var first = new SortedSet<(long Since, StateKey Key, int Index)>();
        for (var from = 0; from < keys.Count && (first.Count < most || keys[from].Since <= first.Max.Since); from += RowsAtOnce)
        {
            var works = keys.GetRange(from, Math.Min(RowsAtOnce, keys.Count - from)).ConvertAll(key => key.Work);
            await table.LoadAsync(works, cancellationToken).ConfigureAwait(false);
            foreach (var work in works)
            {
                var index = 0;
                foreach (var since in await HeldOfAsync(work, cancellationToken).ConfigureAwait(false))
                {
                    first.Add((since, work.Key, index++));
                    if (first.Count > most)
                    {
                        first.Remove(first.Max);
                    }
                }
            }
        }

        return first.Count == 0 ? null : new HeldMark(first.Max.Since, first.Max.Key.Bytes[1..].ToArray(), first.Max.Index + 1);
    }

    private async Task<IEnumerable<long>> HeldOfAsync(RowWork work, CancellationToken cancellationToken)
    {
        var timeline = Decode(work);
        while (timeline.UnreadHeld(long.MaxValue - 1, TimelineLimits.MaxClosedPages) is { Count: > 0 } missing)
        {
            await table.ReadPagesAsync(work, missing, cancellationToken).ConfigureAwait(false);
            timeline = Decode(work);
        }

        return timeline.DueHeld(long.MaxValue - 1).Select(held => held.Result.Since);
    }

    private Timeline Decode(RowWork work) => TimelineReader.Decode(table.Store, work);

    /// <param name="Work">The key's row.</param>
    /// <param name="Since">Since when its first result is held.</param>
    /// <param name="Count">How many are.</param>
    private sealed record HeldKey(RowWork Work, long Since, int Count);
}
