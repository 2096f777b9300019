namespace KafkaFunctions.Streams.State.Queries;

/// <summary>The rows of a range of all buckets, in the order of their keys. One thread at a time.</summary>
internal sealed class BucketMerge(IStateStore store, int buckets, StateRange range) : IAsyncDisposable
{
    private readonly PriorityQueue<IAsyncEnumerator<StateRow>, StateKey> _heads = new();
    private readonly Dictionary<IAsyncEnumerator<StateRow>, StateBucket> _buckets = [];
    private IAsyncEnumerator<StateRow>? _current;
    private bool _isOpen;

    /// <summary>The next row; null at the end.</summary>
    public async ValueTask<(StateBucket Bucket, StateRow Row)?> NextAsync(CancellationToken cancellationToken)
    {
        if (!_isOpen)
        {
            await OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (_current is not null && await _current.MoveNextAsync().ConfigureAwait(false))
        {
            _heads.Enqueue(_current, _current.Current.Key);
        }

        return _heads.TryDequeue(out _current, out _) ? (_buckets[_current], _current.Current) : null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var bucket in _buckets.Keys)
        {
            await bucket.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Reads the first row of each bucket, all at the same time.</summary>
    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        _isOpen = true;
        for (var i = 0; i < buckets; i++)
        {
            var bucket = new StateBucket(i);
            _buckets.Add(store.ScanAsync(bucket, range, cancellationToken).GetAsyncEnumerator(cancellationToken), bucket);
        }

        var rows = _buckets.Keys.ToList();
        var found = await Task.WhenAll(rows.Select(async row => await row.MoveNextAsync().ConfigureAwait(false))).ConfigureAwait(false);
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i])
            {
                _heads.Enqueue(rows[i], rows[i].Current.Key);
            }
        }
    }
}
