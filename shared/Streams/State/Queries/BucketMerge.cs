using System.Runtime.CompilerServices;

namespace KafkaFunctions.Streams.State.Queries;

/// <summary>A range over all buckets of a store, in the order of the keys: each bucket has its own part of it, in order.</summary>
internal sealed class BucketMerge(OpenStore open, StateRange range)
{
    private const int StartedAtOnce = 32;

    public async IAsyncEnumerable<StateEntry> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buckets = Enumerable.Range(0, open.Description.Buckets)
            .Select(number => new Part(new StateBucket(number), open.Store.ScanAsync(new StateBucket(number), range, cancellationToken).GetAsyncEnumerator(cancellationToken)))
            .ToList();
        try
        {
            var next = await StartAsync(buckets).ConfigureAwait(false);
            while (next.TryDequeue(out var part, out var key))
            {
                if (open.Decode(part.Bucket, part.Rows.Current) is { } entry)
                {
                    yield return entry;
                }

                if (await part.Rows.MoveNextAsync().ConfigureAwait(false))
                {
                    next.Enqueue(part, part.Rows.Current.Key);
                }
            }
        }
        finally
        {
            foreach (var part in buckets)
            {
                await part.Rows.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task<PriorityQueue<Part, StateKey>> StartAsync(List<Part> buckets)
    {
        var next = new PriorityQueue<Part, StateKey>(buckets.Count);
        foreach (var some in buckets.Chunk(StartedAtOnce))
        {
            var found = await Task.WhenAll(some.Select(part => part.Rows.MoveNextAsync().AsTask())).ConfigureAwait(false);
            next.EnqueueRange(some.Where((_, i) => found[i]).Select(part => (part, part.Rows.Current.Key)));
        }

        return next;
    }

    private sealed record Part(StateBucket Bucket, IAsyncEnumerator<StateRow> Rows);
}
