using System.Collections.Concurrent;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;

namespace KafkaFunctions.Streams.State.Progress;

/// <summary>The progress rows of a function (design rule 2): known in memory, written when a batch is done (rule 5), never
/// backwards. Safe for concurrent use.</summary>
internal sealed class ProgressKeeper(RowTable table, string function, TimeProvider time, TimeSpan pathRetention, int maxAttempts)
{
    private readonly ConcurrentDictionary<SourcePartition, (SourceProgress Progress, string? ETag)> _known = new();

    /// <summary>Name of the store that it is kept with.</summary>
    public string Store => table.Store.Name;

    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Tells each source how far it is.</summary>
    /// <remarks>What is known in memory holds as long as the batch follows on: it depends on the records before it alone. After a
    /// gap another instance may have been at work.</remarks>
    /// <param name="sources">The batch's partitions.</param>
    /// <param name="idle">After how many milliseconds without a batch the clock may have gone on by itself; null for never.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task ContinueAsync(IReadOnlyList<SourceIntake> sources, long? idle, CancellationToken cancellationToken)
    {
        var unknown = sources
            .Where(source => !_known.TryGetValue(source.Source, out var known) || source.Start > known.Progress.Next || Now - known.Progress.Active >= idle)
            .ToList();
        if (unknown.Count > 0)
        {
            await ReadAsync(unknown, cancellationToken).ConfigureAwait(false);
        }

        foreach (var source in sources)
        {
            source.Continue(_known[source.Source].Progress);
        }
    }

    /// <summary>Writes that the batch is done; whoever is further wins.</summary>
    /// <exception cref="StateConflictException">Other instances keep writing the rows.</exception>
    public async Task CommitAsync(IReadOnlyList<SourceIntake> sources, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var open = sources.Where(source => _known[source.Source].Progress.Next < source.Next).ToList();
            if (open.Count == 0)
            {
                return;
            }

            try
            {
                await WriteAsync(open, cancellationToken).ConfigureAwait(false);
            }
            catch (StateConflictException)
            {
                // Read in any case: what is known is out of date, and the batch would fail for ever when it is run again.
                table.Instruments.Conflicted(table.Store.Name);
                await ReadAsync(open, cancellationToken).ConfigureAwait(false);
                if (attempt == maxAttempts)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Lets the clock of a quiet partition go on by itself.</summary>
    /// <param name="source">The partition.</param>
    /// <param name="read">Its progress as it was read.</param>
    /// <param name="streamTime">The clock's new time.</param>
    /// <param name="active">What counts as the last batch's time from now on.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>False where an instance has gone on.</returns>
    public async Task<bool> AdvanceAsync(SourcePartition source, SourceProgress read, long streamTime, long active, CancellationToken cancellationToken)
    {
        var key = ProgressCodec.KeyOf(function, source);
        var row = (await table.Store.ReadAsync(StateBucket.Progress, [key], cancellationToken).ConfigureAwait(false))[0];
        if (row is null || Decode(row) is not { } now || now.Next != read.Next || now.StreamTime != read.StreamTime)
        {
            return false;
        }

        var advanced = now with { StreamTime = streamTime, Active = active };
        try
        {
            var etags = await table.Store.WriteAsync(StateBucket.Progress, [new StateWrite(key, ProgressCodec.Encode(advanced), row.ETag)], cancellationToken).ConfigureAwait(false);
            _known[source] = (advanced, etags[0]);
            return true;
        }
        catch (StateConflictException)
        {
            return false;
        }
    }

    private async Task WriteAsync(List<SourceIntake> sources, CancellationToken cancellationToken)
    {
        var oldest = Now - (long)pathRetention.TotalMilliseconds;
        var progress = sources.ConvertAll(source => source.After(oldest) with
        {
            // Where the clock has gone on by itself in between, it does not go back.
            StreamTime = Math.Max(source.StreamTime, _known[source.Source].Progress.StreamTime),
            Active = Now,
        });
        var writes = new StateWrite[sources.Count];
        for (var i = 0; i < writes.Length; i++)
        {
            writes[i] = new StateWrite(
                ProgressCodec.KeyOf(function, sources[i].Source), ProgressCodec.Encode(progress[i]), _known[sources[i].Source].ETag);
        }

        var done = 0;
        foreach (var transaction in StateTransactions.Split(writes))
        {
            var etags = await table.Store.WriteAsync(StateBucket.Progress, transaction, cancellationToken).ConfigureAwait(false);
            table.Instruments.Written(table.Store.Name, transaction.Count);
            foreach (var etag in etags)
            {
                _known[sources[done].Source] = (progress[done], etag);
                done++;
            }
        }
    }

    private async Task ReadAsync(List<SourceIntake> sources, CancellationToken cancellationToken)
    {
        var keys = sources.ConvertAll(source => ProgressCodec.KeyOf(function, source.Source));
        var rows = await table.Store.ReadAsync(StateBucket.Progress, keys, cancellationToken).ConfigureAwait(false);
        table.Instruments.Read(table.Store.Name, keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            _known[sources[i].Source] = rows[i] is { } row ? (Decode(row), row.ETag) : (SourceProgress.Start, null);
            table.Due.Doubt(sources[i].Source.Partition);
        }
    }

    private SourceProgress Decode(StateRow row)
    {
        try
        {
            return ProgressCodec.Decode(row.Value);
        }
        catch (InvalidDataException wrong)
        {
            throw new StateCorruptException(table.Store.Name, StateBucket.Progress, row.Key, wrong.Message, wrong);
        }
    }
}
