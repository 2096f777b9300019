using KafkaFunctions.Streams.Joins.StreamJoins;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.State.Stores;

/// <summary>A store's rows, decoded: read through the cache, written in transactions, applied anew after a conflict. Safe for
/// concurrent use.</summary>
internal sealed class RowTable(IStateStore store, StoreDescription description, RowCache cache, StateInstruments instruments)
{
    public IStateStore Store => store;

    public StoreDescription Description => description;

    public StateInstruments Instruments => instruments;

    /// <summary>How windows of a key are divided between its row and pages.</summary>
    public TimelineLimits Limits { get; init; } = TimelineLimits.Default;

    /// <summary>The buckets of its keys.</summary>
    public List<StateBucket> Buckets => [.. Enumerable.Range(0, description.Buckets).Select(number => new StateBucket(number))];

    /// <summary>When windows are due, as far as this instance knows.</summary>
    public DueTimes Due { get; } = new(description.Buckets);

    /// <summary>How many results are held, as far as this instance knows.</summary>
    public HeldCounts Held { get; } = new();

    /// <summary>What a join of streams may forget, as far as this instance knows.</summary>
    public JoinRetention Retention { get; } = new();

    public StateBucket BucketOf(ReadOnlySpan<byte> key) => RowKeys.BucketOf(key, description.Buckets);

    /// <summary>Applies operations to rows until all are written.</summary>
    /// <param name="works">The rows, each once.</param>
    /// <param name="fold">What the row becomes; called again for a row that another instance has written in between.</param>
    /// <param name="startOf">The batch's first offset of a source partition: what rows have pending for offsets before is done (design rule 3).</param>
    /// <param name="maxAttempts">How often it is tried in all.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="StateConflictException">Other instances keep writing the rows.</exception>
    public async Task ApplyAsync(
        IReadOnlyList<RowWork> works, Func<RowWork, FoldedRow> fold, Func<SourcePartition, long?> startOf, int maxAttempts, CancellationToken cancellationToken)
    {
        FromCache(works, startOf);
        for (var attempt = 1; ; attempt++)
        {
            await ReadAsync(works, cancellationToken, startOf).ConfigureAwait(false);
            var changed = await FoldAsync(works, fold, startOf, cancellationToken).ConfigureAwait(false);
            if (changed.Count == 0)
            {
                return;
            }

            var conflicts = await WriteAsync(changed, cancellationToken).ConfigureAwait(false);
            works = [.. changed.Where(work => work.Row is null || work.Folded.IsPartial)];
            if (works.Count == 0)
            {
                return;
            }

            if (conflicts.Count == 0)
            {
                attempt = 0;
            }
            else if (attempt == maxAttempts)
            {
                throw conflicts[0];
            }
        }
    }

    /// <summary>Reads rows that are not in memory.</summary>
    public Task LoadAsync(IReadOnlyList<RowWork> works, CancellationToken cancellationToken)
    {
        FromCache(works, null);
        return ReadAsync(works, cancellationToken);
    }

    /// <summary>Reads rows, past the cache, where <see cref="RowWork.Row"/> is not known.</summary>
    public Task ReadAsync(IReadOnlyList<RowWork> works, CancellationToken cancellationToken, Func<SourcePartition, long?>? startOf = null)
    {
        var buckets = ByBucket(works.Where(work => work.Row is null));
        return buckets.Count == 0 ? Task.CompletedTask : Task.WhenAll(buckets.Select(bucket => ReadBucketAsync(bucket, startOf, cancellationToken)));
    }

    /// <exception cref="StateCorruptException">The row cannot be read.</exception>
    public static RowState Decode(IStateStore store, StateBucket bucket, StateRow row, Func<SourcePartition, long?>? startOf = null)
    {
        try
        {
            return RowCodec.Decode(row.Value, startOf);
        }
        catch (InvalidDataException wrong)
        {
            throw new StateCorruptException(store.Name, bucket, row.Key, wrong.Message, wrong);
        }
    }

    private void FromCache(IReadOnlyList<RowWork> works, Func<SourcePartition, long?>? startOf)
    {
        var hits = 0;
        foreach (var work in works)
        {
            if (work.Row is null && cache.TryGet(store, work, startOf))
            {
                hits++;
            }
        }

        instruments.Hit(store.Name, hits);
    }

    private async Task ReadBucketAsync(List<RowWork> works, Func<SourcePartition, long?>? startOf, CancellationToken cancellationToken)
    {
        var bucket = works[0].Bucket;
        var rows = await store.ReadAsync(bucket, works.ConvertAll(work => work.Key), cancellationToken).ConfigureAwait(false);
        instruments.Read(store.Name, works.Count);
        for (var i = 0; i < works.Count; i++)
        {
            works[i].Row = rows[i] is { } row ? Decode(store, bucket, row, startOf) : RowState.Empty;
            works[i].ETag = rows[i]?.ETag;
        }
    }

    /// <summary>Folds rows; those that lack pages once more with them.</summary>
    private async Task<List<RowWork>> FoldAsync(
        IReadOnlyList<RowWork> works, Func<RowWork, FoldedRow> fold, Func<SourcePartition, long?> startOf, CancellationToken cancellationToken)
    {
        var changed = Fold(works, fold, cancellationToken);
        for (var lacking = Lacking(works); lacking.Count > 0; lacking = Lacking(lacking))
        {
            await Task.WhenAll(lacking.Select(work => ReadPagesAsync(work, work.Folded.Missing!, cancellationToken, startOf))).ConfigureAwait(false);
            changed.AddRange(Fold(lacking, fold, cancellationToken));
        }

        return changed;

        static List<RowWork> Lacking(IReadOnlyList<RowWork> works) => [.. works.Where(work => work.Folded.Missing is not null)];
    }

    /// <summary>Reads pages of a row's windows. Where one is not there the row is no longer what it was: it is read again, too.</summary>
    /// <exception cref="StateCorruptException">The row has not changed, and a page is not there.</exception>
    public async Task ReadPagesAsync(RowWork work, IReadOnlyList<long> missing, CancellationToken cancellationToken, Func<SourcePartition, long?>? startOf = null)
    {
        while (true)
        {
            var keys = missing.Select(id => TimelineKeys.Page(work.Key, id)).ToList();
            var rows = await store.ReadAsync(work.Bucket, keys, cancellationToken).ConfigureAwait(false);
            instruments.Read(store.Name, keys.Count);
            if (!rows.Contains(null))
            {
                var pages = new Dictionary<long, byte[]>(work.Row!.Pages ?? new Dictionary<long, byte[]>());
                for (var i = 0; i < keys.Count; i++)
                {
                    pages[missing[i]] = rows[i]!.Value;
                }

                work.Row = work.Row with { Pages = pages };
                return;
            }

            var (etag, lost) = (work.ETag, keys[rows.ToList().IndexOf(null)]);
            cache.Remove(store, work.Key);
            await ReadBucketAsync([work], startOf, cancellationToken).ConfigureAwait(false);
            if (work.ETag == etag)
            {
                throw new StateCorruptException(store.Name, work.Bucket, lost, "A page of windows is not there that the row of its key names. Restore it from a copy, or reset the store and read its topic anew.");
            }

            return;
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
        foreach (var part in RowTransactions.Split(works))
        {
            if (await WritePartAsync(part, [], cancellationToken).ConfigureAwait(false) is { } conflict)
            {
                lock (conflicts)
                {
                    conflicts.Add(conflict);
                }
            }
        }
    }

    /// <summary>Writes rows of a bucket, and what comes with them, in one transaction.</summary>
    /// <returns>False where a row, or what comes with them, was written by others.</returns>
    public async Task<bool> TryWriteAsync(List<RowWork> works, IReadOnlyList<StateWrite> others, CancellationToken cancellationToken) =>
        await WritePartAsync(works, others, cancellationToken).ConfigureAwait(false) is null;

    private async Task<StateConflictException?> WritePartAsync(List<RowWork> works, IReadOnlyList<StateWrite> others, CancellationToken cancellationToken)
    {
        var transaction = RowTransactions.WritesOf(works);
        transaction.AddRange(others);
        try
        {
            var etags = await store.WriteAsync(works[0].Bucket, transaction, cancellationToken).ConfigureAwait(false);
            instruments.Written(store.Name, transaction.Count);
            Written(works, etags);
            return null;
        }
        catch (Exception error)
        {
            works.ForEach(Forget);
            if (error is not StateConflictException conflict)
            {
                throw;
            }

            instruments.Conflicted(store.Name);
            return conflict;
        }
    }

    private void Written(List<RowWork> works, IReadOnlyList<string?> etags)
    {
        for (var i = 0; i < works.Count; i++)
        {
            var work = works[i];
            work.Row = work.Folded.Row;
            work.ETag = etags[i];
            cache.Set(store, work);
            if (work.Folded.Due is { } due)
            {
                Due.Add(due.Source, work.Bucket, due.Time);
            }

            if (work.Folded.OtherDue is { } other)
            {
                Due.Add(other.Source, work.Bucket, other.Time);
            }

            if (work.Folded.HeldChange is { } held)
            {
                Held.Add(held.Source, held.Change);
            }
        }
    }

    /// <summary>A row is no longer known, and has to be read.</summary>
    public void Forget(RowWork work)
    {
        work.Row = null;
        work.ETag = null;
        cache.Remove(store, work.Key);
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
