using KafkaFunctions.Streams.Joins.TableJoins;

namespace KafkaFunctions.Streams.Joins.ForeignKeys;

/// <summary>What a foreign-key join knows of a right key: the right value, and the left keys whose values name it, in the order of their
/// bytes. One thread at a time.</summary>
internal sealed class SubscribersRow(JoinSide right, List<byte[]> keys)
{
    /// <summary>Most bytes of left keys, with what each takes beside: pending changes of the right value hold them once more, and the right
    /// value needs room, too.</summary>
    public const int MaxKeyBytes = 400 * 1024;

    /// <summary>What a key takes beside its bytes.</summary>
    public const int RoomBesideKey = 2;

    private static readonly Comparer<byte[]> ByBytes = Comparer<byte[]>.Create(static (x, y) => x.AsSpan().SequenceCompareTo(y));

    public JoinSide Right { get; set; } = right;

    public IReadOnlyList<byte[]> Keys => keys;

    /// <summary>Bytes of all left keys.</summary>
    public int KeyBytes { get; private set; } = keys.Sum(key => key.Length + RoomBesideKey);

    public bool IsEmpty => !Right.Exists && keys.Count == 0;

    public static SubscribersRow Empty() => new(JoinSide.None, []);

    public void Enter(byte[] key)
    {
        var index = keys.BinarySearch(key, ByBytes);
        if (index < 0)
        {
            keys.Insert(~index, key);
            KeyBytes += key.Length + RoomBesideKey;
        }
    }

    public void Leave(byte[] key)
    {
        var index = keys.BinarySearch(key, ByBytes);
        if (index >= 0)
        {
            keys.RemoveAt(index);
            KeyBytes -= key.Length + RoomBesideKey;
        }
    }
}
