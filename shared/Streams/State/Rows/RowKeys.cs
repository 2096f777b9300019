using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Streams.State.Rows;

/// <summary>How rows are keyed within a bucket: a letter for the kind of row, so that each kind is a range of its own, then the
/// key's bytes. A stored format.</summary>
internal static class RowKeys
{
    /// <summary>A key's value.</summary>
    public const byte Value = (byte)'K';

    /// <summary>What a foreign-key join knows of a right key.</summary>
    public const byte RightKey = (byte)'F';

    /// <summary>A page of a key's windows.</summary>
    public const byte Page = (byte)'W';

    /// <summary>When something is to be done with a key.</summary>
    public const byte Index = (byte)'I';

    /// <summary>Final results that are to be published.</summary>
    public const byte Outbox = (byte)'O';

    /// <summary>The number of the bucket's next outbox row.</summary>
    public const byte OutboxNumber = (byte)'N';

    /// <summary>In the progress bucket: what the store is.</summary>
    public const byte Description = (byte)'D';

    /// <summary>In the progress bucket: how far a function is in a source partition.</summary>
    public const byte Progress = (byte)'P';

    /// <summary>In the progress bucket: who does work that one instance does at a time.</summary>
    public const byte Lease = (byte)'L';

    public static StateKey Of(byte kind, ReadOnlySpan<byte> key)
    {
        var bytes = new byte[key.Length + 1];
        bytes[0] = kind;
        key.CopyTo(bytes.AsSpan(1));
        return new StateKey(bytes);
    }

    /// <summary>The bucket of a key.</summary>
    public static StateBucket BucketOf(ReadOnlySpan<byte> key, int buckets) => new(KeyPartitioner.PartitionOf(key, buckets));
}
