using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.State.Stores;

/// <summary>A store's rows, decoded: read through the cache, written in transactions, applied anew after a conflict. Safe for
/// concurrent use.</summary>
internal sealed class RowTable(IStateStore store, StoreDescription description, RowCache cache, StateInstruments instruments)
{
    public IStateStore Store => store;

    public StoreDescription Description => description;

    public StateInstruments Instruments => instruments;

    public StateBucket BucketOf(ReadOnlySpan<byte> key) => RowKeys.BucketOf(key, description.Buckets);

    /// <summary>Applies operations to rows until all are written.</summary>
    /// <param name="works">The rows, each once.</param>
    /// <param name="fold">What the row becomes; called again for a row that another instance has written in between.</param>
    /// <param name="maxAttempts">How often it is tried in all.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="StateConflictException">Other instances keep writing the rows.</exception>
    public async Task ApplyAsync(IReadOnlyList<RowWork> works, Func<RowWork, FoldedRow> fold, int maxAttempts, CancellationToken cancellationToken)
    {
        FromCache(works);
        for (var attempt = 1; ; attempt++)
        {
            await ReadAsync(works, cancellationToken).ConfigureAwait(false);
            var changed = Fold(works, fold, cancellationToken);
            if (changed.Count == 0)
            {
                return;
            }

            var conflicts = await WriteAsync(changed, cancellationToken).ConfigureAwait(false);
            works = [.. changed.Where(work => work.Row is null)];
            if (works.Count == 0)
            {
                return;
            }

            if (attempt == maxAttempts)
            {
                throw conflicts[0];
            }
        }
    }

    /// <summary>Reads rows, past the cache, where <see cref="RowWork.Row"/> is not known.</summary>
    public Task ReadAsync(IReadOnlyList<RowWork> works, CancellationToken cancellationToken)
    {
        var buckets = ByBucket(works.Where(work => work.Row is null));
        return buckets.Count == 0 ? Task.CompletedTask : Task.WhenAll(buckets.Select(bucket => ReadBucketAsync(bucket, cancellationToken)));
    }

    /// <exception cref="StateCorruptException">The row cannot be read.</exception>
    public static RowState Decode(IStateStore store, StateBucket bucket, StateRow row)
    {
        try
        {
            return RowCodec.Decode(row.Value);
        }
        catch (InvalidDataException wrong)
        {
            throw new StateCorruptException(store.Name, bucket, row.Key, wrong.Message, wrong);
        }
    }

    private void FromCache(IReadOnlyList<RowWork> works)
    {
        var hits = 0;
        foreach (var work in works)
        {
            if (work.Row is null && cache.TryGet(store, work))
            {
                hits++;
            }
        }

        instruments.Hit(store.Name, hits);
    }

    private async Task ReadBucketAsync(List<RowWork> works, CancellationToken cancellationToken)
    {
        var bucket = works[0].Bucket;
        var rows = await store.ReadAsync(bucket, works.ConvertAll(work => work.Key), cancellationToken).ConfigureAwait(false);
        instruments.Read(store.Name, works.Count);
        for (var i = 0; i < works.Count; i++)
        {
            works[i].Row = rows[i] is { } row ? Decode(store, bucket, row) : RowState.Empty;
            works[i].ETag = rows[i]?.ETag;
        }
    }

    private static List<RowWork> Fold(IReadOnlyList<RowWork> works, Func<RowWork, FoldedRow> fold, CancellationToken cancellationToken)
    {
        var changed = new List<RowWork>(works.Count);
        foreach (var work in works)
        {
            cancellationToken.ThrowIfCancellationRequested();
            work.Folded = fold(work);
            if (work.Folded.Bytes is not null)
            {
                changed.Add(work);
            }
        }

        return changed;
    }

    /// <summary>Writes rows; those that were refused have to be read again.</summary>
    private async Task<List<StateConflictException>> WriteAsync(List<RowWork> works, CancellationToken cancellationToken)
    {
        var conflicts = new List<StateConflictException>();
        await Task.WhenAll(ByBucket(works).Select(bucket => WriteBucketAsync(bucket, conflicts, cancellationToken))).ConfigureAwait(false);
        return conflicts;
    }

    private async Task WriteBucketAsync(List<RowWork> works, List<StateConflictException> conflicts, CancellationToken cancellationToken)
    {
        var writes = works.ConvertAll(work => new StateWrite(work.Key, work.Folded.Bytes, work.ETag));
        var from = 0;
        foreach (var transaction in StateTransactions.Split(writes))
        {
            var part = works.GetRange(from, transaction.Count);
            from += transaction.Count;
            try
            {
                var etags = await store.WriteAsync(works[0].Bucket, transaction, cancellationToken).ConfigureAwait(false);
                Written(part, etags);
            }
            catch (Exception error)
            {
                Forget(part);
                if (error is not StateConflictException conflict)
                {
                    throw;
                }

                instruments.Conflicted(store.Name);
                lock (conflicts)
                {
                    conflicts.Add(conflict);
                }
            }
        }
    }

    private void Written(List<RowWork> works, IReadOnlyList<string?> etags)
    {
        instruments.Written(store.Name, works.Count);
        for (var i = 0; i < works.Count; i++)
        {
            var work = works[i];
            work.Row = work.Folded.Row;
            work.ETag = etags[i];
            cache.Set(store, work);
        }
    }

    private void Forget(List<RowWork> works)
    {
        foreach (var work in works)
        {
            work.Row = null;
            work.ETag = null;
            cache.Remove(store, work.Key);
        }
    }

    private static List<List<RowWork>> ByBucket(IEnumerable<RowWork> works)
    {
        var index = new Dictionary<StateBucket, List<RowWork>>();
        var buckets = new List<List<RowWork>>();
        foreach (var work in works)
        {
            if (!index.TryGetValue(work.Bucket, out var bucket))
            {
                index.Add(work.Bucket, bucket = []);
                buckets.Add(bucket);
            }

            bucket.Add(work);
        }

        return buckets;
    }
}
