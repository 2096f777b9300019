using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.SelfHost.CommandLine.Groups;

/// <summary>Reads how far behind consumer groups are.</summary>
internal static class ConsumerLag
{
    /// <summary>Lag of a consumer, by partition. A group that has committed nothing has every record before it.</summary>
    /// <exception cref="TopicNotFoundException">The topic does not exist.</exception>
    public static async Task<IReadOnlyList<PartitionLag>> ReadAsync(
        ITopicClient topics, FunctionConsumer consumer, CancellationToken cancellationToken)
    {
        // Committed first: read the other way round, a group could seem to be ahead of the end.
        var committed = await topics.GetCommittedAsync(consumer.ConsumerGroup, consumer.Topic, cancellationToken);
        var offsets = await topics.GetOffsetsAsync(consumer.Topic, cancellationToken);

        var byPartition = committed.ToDictionary(entry => entry.Partition, entry => entry.Offset);
        return [.. offsets.Select(range => Of(range, byPartition.GetValueOrDefault(range.Partition)))];
    }

    private static PartitionLag Of(PartitionOffsets range, long? committed)
    {
        // Records that retention has deleted will not be processed any more: they are no lag.
        var next = Math.Max(committed ?? range.Start, range.Start);
        return new PartitionLag(range.Partition, committed, range.End, Math.Max(0, range.End - next));
    }
}
