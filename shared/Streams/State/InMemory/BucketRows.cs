namespace KafkaFunctions.Streams.State.InMemory;

/// <summary>Rows of one bucket, by key and in the order of their keys. For one thread at a time.</summary>
internal sealed class BucketRows
{
    private readonly Dictionary<StateKey, StateRow> _rows = [];
    private readonly SortedSet<StateKey> _keys = [];

    public StateRow? Find(StateKey key) => _rows.GetValueOrDefault(key);

    public void Set(StateRow row)
    {
        _rows[row.Key] = row;
        _keys.Add(row.Key);
    }

    public void Remove(StateKey key)
    {
        _rows.Remove(key);
        _keys.Remove(key);
    }

    /// <summary>The first rows of a range, at most <paramref name="limit"/>.</summary>
    public List<StateRow> Find(StateRange range, int limit)
    {
        var from = range.From ?? default;
        var last = range.Before ?? _keys.Max;
        return from > last
            ? []
            : [.. _keys.GetViewBetween(from, last).TakeWhile(key => range.Before is not { } before || key < before).Take(limit).Select(key => _rows[key])];
    }
}
