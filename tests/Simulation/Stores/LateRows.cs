using System.Globalization;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Simulation.Stores;

/// <summary>Rows that are kept back until the batch has published: what it is like to publish before the state is stored.</summary>
internal sealed class LateRows(IStateStore stored)
{
    private readonly Dictionary<(StateBucket Bucket, StateKey Key), (StateRow Row, string? StoredETag)> _rows = [];
    private long _lastETag;

    public IReadOnlyList<StateRow?> Over(StateBucket bucket, IReadOnlyList<StateKey> keys, IReadOnlyList<StateRow?> rows) =>
        [.. rows.Select((row, i) => _rows.TryGetValue((bucket, keys[i]), out var late) ? late.Row : row)];

    public IReadOnlyList<string?> Keep(StateBucket bucket, IReadOnlyList<StateWrite> writes)
    {
        var etags = new string?[writes.Count];
        for (var i = 0; i < etags.Length; i++)
        {
            var write = writes[i];
            etags[i] = string.Create(CultureInfo.InvariantCulture, $"late{++_lastETag}");
            var before = _rows.TryGetValue((bucket, write.Key), out var late) ? late.StoredETag : write.ETag;
            _rows[(bucket, write.Key)] = (new StateRow(write.Key, write.Value!, etags[i]!), before);
        }

        return etags;
    }

    /// <summary>Stores what was kept back, as far as nobody else has written it.</summary>
    public void Store()
    {
        foreach (var ((bucket, key), (row, etag)) in _rows)
        {
            try
            {
                Synchronous.ResultOf(stored.WriteAsync(bucket, [new StateWrite(key, row.Value, etag)], CancellationToken.None));
            }
            catch (StateConflictException)
            {
                // The rule is broken, and this is what comes of it.
            }
        }

        _rows.Clear();
    }
}
