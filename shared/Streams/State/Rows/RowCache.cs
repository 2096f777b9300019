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
    private readonly Dictionary<Address, LinkedListNode<Entry>> _entries = [];
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
            if (!_entries.TryGetValue(new Address(store, key), out var node))
            {
                row = null;
                etag = null;
                return false;
            }

            Touch(node);
            row = node.Value.Row;
            etag = node.Value.ETag;
            return true;
        }
    }

    public void Set(IStateStore store, StateKey key, RowState row, string etag)
    {
        var size = SizeOf(key, row);
        var address = new Address(store, key);
        lock (_lock)
        {
            if (size > maxBytes)
            {
                Drop(address);
                return;
            }

            // Most rows are there: what is old already is changed rather than made anew, or each batch would leave garbage in it.
            ref var node = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, address, out var exists);
            if (exists)
            {
                Touch(node!);
            }
            else
            {
                node = _byUse.AddFirst(new Entry(address));
            }

            var entry = node!.Value;
            _bytes += size - entry.Size;
            (entry.Row, entry.ETag, entry.Size) = (row, etag, size);
            while (_bytes > maxBytes)
            {
                Drop(_byUse.Last!.Value.Address);
            }
        }
    }

    public void Remove(IStateStore store, StateKey key)
    {
        lock (_lock)
        {
            Drop(new Address(store, key));
        }
    }

    private void Touch(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _byUse.AddFirst(node);
    }

    private void Drop(in Address address)
    {
        if (_entries.Remove(address, out var node))
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

        if (row.Pages is { } pages)
        {
            foreach (var page in pages.Values)
            {
                size += PendingBytes + page.Length;
            }
        }

        return size;
    }

    private readonly struct Address(IStateStore store, StateKey key) : IEquatable<Address>
    {
        private readonly IStateStore _store = store;
        private readonly StateKey _key = key;

        public bool Equals(Address other) => ReferenceEquals(_store, other._store) && _key.Equals(other._key);

        public override bool Equals(object? obj) => obj is Address other && Equals(other);

        // Few keys are in several stores.
        public override int GetHashCode() => _key.GetHashCode();
    }

    private sealed class Entry(Address address)
    {
        public Address Address => address;

        public RowState Row { get; set; } = RowState.Empty;

        public string ETag { get; set; } = "";

        public int Size { get; set; }
    }
}
