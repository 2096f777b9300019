namespace KafkaFunctions.Streams.State.Rows;

/// <summary>Rows that this instance has written, with their ETags: in steady state nothing is read. Those used last stay, within a
/// number of bytes. Safe for concurrent use. A stale row does no harm: its write is refused.</summary>
/// <remarks>Rows are kept as they are stored: one array instead of the objects of a row, which the garbage collector would move and
/// look through again and again.</remarks>
internal sealed class RowCache(long maxBytes)
{
    // What an entry takes beside the bytes of key and row; measured, rounded up.
    private const int EntryBytes = 250;
    private const int PageBytes = 80;

    private readonly Lock _lock = new();
    private readonly Dictionary<Address, Entry> _entries = [];
    private readonly Entry _ends = new(default);
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

    /// <summary>Gives a work its row, where it is there.</summary>
    /// <param name="store">The store.</param>
    /// <param name="work">The work.</param>
    /// <param name="startOf">As <see cref="RowCodec.Decode"/> takes it.</param>
    public bool TryGet(IStateStore store, RowWork work, Func<SourcePartition, long?>? startOf)
    {
        byte[] bytes;
        IReadOnlyDictionary<long, byte[]>? pages;
        lock (_lock)
        {
            if (!_entries.TryGetValue(new Address(store, work.Key), out var entry))
            {
                return false;
            }

            entry.MoveBehind(_ends);
            (work.Cached, work.ETag, bytes, pages) = (entry, entry.ETag, entry.Bytes, entry.Pages);
        }

        var row = RowCodec.Decode(bytes, startOf);
        work.Row = pages is null ? row : row with { Pages = pages };
        return true;
    }

    /// <summary>Keeps what was written of a work.</summary>
    public void Set(IStateStore store, RowWork work)
    {
        var bytes = work.Folded.Bytes!;
        var size = EntryBytes + work.Key.Bytes.Length + bytes.Length + SizeOf(work.Folded.Row.Pages);
        lock (_lock)
        {
            if (size > maxBytes)
            {
                Drop(new Address(store, work.Key));
                return;
            }

            // Most rows are there: what is old already is changed rather than made anew, or each batch would leave garbage in it.
            var entry = work.Cached is { IsKept: true } known ? known : GetOrAdd(new Address(store, work.Key));
            entry.MoveBehind(_ends);
            _bytes += size - entry.Size;
            (entry.Bytes, entry.ETag, entry.Pages, entry.Size) = (bytes, work.ETag!, work.Folded.Row.Pages, size);
            while (_bytes > maxBytes)
            {
                Drop(_ends.Newer.Address);
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

    private Entry GetOrAdd(in Address address)
    {
        if (!_entries.TryGetValue(address, out var entry))
        {
            _entries.Add(address, entry = new Entry(address));
        }

        return entry;
    }

    private void Drop(in Address address)
    {
        if (_entries.Remove(address, out var entry))
        {
            entry.TakeOut();
            _bytes -= entry.Size;
        }
    }

    private static int SizeOf(IReadOnlyDictionary<long, byte[]>? pages)
    {
        if (pages is null)
        {
            return 0;
        }

        var size = 0;
        foreach (var page in pages.Values)
        {
            size += PageBytes + page.Length;
        }

        return size;
    }

    internal readonly struct Address(IStateStore store, StateKey key) : IEquatable<Address>
    {
        private readonly IStateStore _store = store;
        private readonly StateKey _key = key;

        public bool Equals(Address other) => ReferenceEquals(_store, other._store) && _key.Equals(other._key);

        public override bool Equals(object? obj) => obj is Address other && Equals(other);

        // Few keys are in several stores.
        public override int GetHashCode() => _key.GetHashCode();
    }

    /// <summary>A row. The entries are a ring in the order of their use, both ends of which are at an entry without row.</summary>
    internal sealed class Entry
    {
        public Entry(in Address address)
        {
            Address = address;
            Newer = Older = this;
        }

        public Address Address { get; }

        public byte[] Bytes { get; set; } = [];

        public string ETag { get; set; } = "";

        /// <summary>Pages of the row's windows, as they are with it.</summary>
        public IReadOnlyDictionary<long, byte[]>? Pages { get; set; }

        public int Size { get; set; }

        public Entry Newer { get; private set; }

        public Entry Older { get; private set; }

        /// <summary>Whether it is in the ring.</summary>
        public bool IsKept => Newer != this;

        /// <summary>Makes it the one used last.</summary>
        public void MoveBehind(Entry ends)
        {
            TakeOut();
            (Newer, Older) = (ends, ends.Older);
            Older.Newer = this;
            ends.Older = this;
        }

        public void TakeOut()
        {
            Newer.Older = Older;
            Older.Newer = Newer;
            Newer = Older = this;
        }
    }
}
