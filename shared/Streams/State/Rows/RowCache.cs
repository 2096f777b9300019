using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace KafkaFunctions.Streams.State.Rows;

/// <summary>Rows that this instance has written or read, with their ETags: in steady state nothing is read. Those used last stay,
/// within a number of bytes. Safe for concurrent use. A stale row does no harm: its write is refused.</summary>
internal sealed class RowCache(long maxBytes)
{
    // What an entry takes beside key, value and pending values; measured, rounded up.
    private const int EntryBytes = 400;
    private const int PendingBytes = 120;

    private readonly Lock _lock = new();
    private readonly Dictionary<(IStateStore Store, StateKey Key), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private long _bytes;

    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    public bool TryGet(IStateStore store, StateKey key, [NotNullWhen(true)] out RowState? row, out string? etag)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue((store, key), out var node))
            {
                row = null;
                etag = null;
                return false;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            row = node.Value.Row;
            etag = node.Value.ETag;
            return true;
        }
    }

    public void Set(IStateStore store, StateKey key, RowState row, string etag)
    {
        var entry = new Entry(store, key, row, etag, SizeOf(key, row));
        lock (_lock)
        {
            ref var node = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, (store, key), out var isKnown);
            if (isKnown)
            {
                _bytes -= node!.Value.Size;
                node.Value = entry;
                _byUse.Remove(node);
                _byUse.AddFirst(node);
            }
            else
            {
                node = _byUse.AddFirst(entry);
            }

            _bytes += entry.Size;
            while (_bytes > maxBytes)
            {
                var last = _byUse.Last!.Value;
                Drop(last.Store, last.Key);
            }
        }
    }

    public void Remove(IStateStore store, StateKey key)
    {
        lock (_lock)
        {
            Drop(store, key);
        }
    }

    private void Drop(IStateStore store, StateKey key)
    {
        if (_entries.Remove((store, key), out var node))
        {
            _byUse.Remove(node);
            _bytes -= node.Value.Size;
        }
    }

    private static int SizeOf(StateKey key, RowState row)
    {
        var size = EntryBytes + key.Bytes.Length + (row.Value?.Length ?? 0);
        foreach (var entry in row.Pending)
        {
            size += PendingBytes + (entry.Old?.Length ?? 0) + (ReferenceEquals(entry.Value, row.Value) ? 0 : entry.Value?.Length ?? 0);
        }

        return size;
    }

    private sealed record Entry(IStateStore Store, StateKey Key, RowState Row, string ETag, int Size);
}
