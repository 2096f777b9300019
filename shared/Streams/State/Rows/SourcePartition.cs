namespace KafkaFunctions.Streams.State.Rows;

/// <summary>A partition of a function's source topic: whose offsets a row's watermarks count.</summary>
internal readonly record struct SourcePartition(string Topic, int Partition)
{
    // Compared for every record: of most pairs the numbers differ, or the texts are the same one.
    public bool Equals(SourcePartition other) => Partition == other.Partition && string.Equals(Topic, other.Topic);

    public override int GetHashCode() => HashCode.Combine(Topic, Partition);
}
