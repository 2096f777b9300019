using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>The keys of the rows that a batch touches, numbered. A key that comes again, as most do, is found by the bytes of the
/// record: nothing is made for it.</summary>
internal sealed class BatchKeys
{
    /// <summary>No number.</summary>
    public const int None = -1;

    private readonly List<StateKey> _keys = [];
    private readonly Dictionary<StateKey, int> _numbers = new(new Comparer());
    private readonly Dictionary<StateKey, int>.AlternateLookup<ReadOnlySpan<byte>> _byBytes;

    public BatchKeys() => _byBytes = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>();

    public int Count => _keys.Count;

    public StateKey this[int number] => _keys[number];

    /// <summary>The number of a row.</summary>
    /// <param name="key">The key without the letter for the kind of row.</param>
    public int Find(ReadOnlySpan<byte> key) => _byBytes.TryGetValue(key, out var number) ? number : None;

    /// <summary>Adds a key that is not there.</summary>
    public int Add(StateKey rowKey)
    {
        _numbers.Add(rowKey, _keys.Count);
        _keys.Add(rowKey);
        return _keys.Count - 1;
    }

    private sealed class Comparer : IEqualityComparer<StateKey>, IAlternateEqualityComparer<ReadOnlySpan<byte>, StateKey>
    {
        public bool Equals(StateKey x, StateKey y) => x.Equals(y);

        public int GetHashCode(StateKey obj) => GetHashCode(obj.Bytes[1..]);

        public bool Equals(ReadOnlySpan<byte> alternate, StateKey other) => alternate.SequenceEqual(other.Bytes[1..]);

        // Not of the key's partition or bucket: those are all alike here, and who sends keys must not know how they collide.
        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public StateKey Create(ReadOnlySpan<byte> alternate) => throw new NotSupportedException("Keys are added with their letter.");
    }
}
