using System.Globalization;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Simulation.Stores;

/// <summary>An instance's rows that are kept back until a batch has published: what it is like to publish before the state is
/// stored.</summary>
internal sealed class LateRows
{
    private const string Prefix = "late";

    private readonly Dictionary<(IStateStore Store, StateBucket Bucket, StateKey Key), (StateRow Row, string? StoredETag)> _rows = [];
    private readonly Dictionary<string, string> _stored = new(StringComparer.Ordinal);
    private long _lastETag;

    public IReadOnlyList<StateRow?> Over(IStateStore store, StateBucket bucket, IReadOnlyList<StateKey> keys, IReadOnlyList<StateRow?> rows) =>
        [.. rows.Select((row, i) => _rows.TryGetValue((store, bucket, keys[i]), out var late) ? late.Row : row)];

    public IReadOnlyList<string?> Keep(IStateStore store, StateBucket bucket, IReadOnlyList<StateWrite> writes)
    {
        var befores = writes.Select(write => StoredETagOf(store, bucket, write)).ToList();
        var etags = new string?[writes.Count];
        for (var i = 0; i < etags.Length; i++)
        {
            etags[i] = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{++_lastETag}");
            _rows[(store, bucket, writes[i].Key)] = (new StateRow(writes[i].Key, writes[i].Value!, etags[i]!), befores[i]);
        }

        return etags;
    }

    /// <summary>Stores what was kept back.</summary>
    /// <exception cref="StateUnavailableException">Somebody else has written one of the rows: the batch has to be run again.</exception>
    public void Store()
    {
        StateConflictException? conflict = null;
        foreach (var ((store, bucket, key), (row, before)) in _rows)
        {
            try
            {
                _stored[row.ETag] = Synchronous.ResultOf(store.WriteAsync(bucket, [new StateWrite(key, row.Value, before)], CancellationToken.None))[0]!;
            }
            catch (StateConflictException error)
            {
                conflict = error;
            }
        }

        _rows.Clear();
        if (conflict is not null)
        {
            throw new StateUnavailableException(conflict.Store, conflict.Message, conflict);
        }
    }

    private string? StoredETagOf(IStateStore store, StateBucket bucket, StateWrite write)
    {
        if (_rows.TryGetValue((store, bucket, write.Key), out var late))
        {
            return late.Row.ETag == write.ETag ? late.StoredETag : throw new StateConflictException(store.Name, bucket, write.Key);
        }

        return write.ETag?.StartsWith(Prefix, StringComparison.Ordinal) != true ? write.ETag
            : _stored.TryGetValue(write.ETag, out var stored) ? stored
            : throw new StateConflictException(store.Name, bucket, write.Key);
    }
}
