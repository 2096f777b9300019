namespace KafkaFunctions.Streams.Brokers;

/// <summary>Reads how far behind consumer groups are.</summary>
public static class ConsumerLag
{
    /// <summary>Lag of a consumer group in a topic, by partition. A group that has committed nothing has every record before it.</summary>
    /// <param name="topics">Asks the broker.</param>
    /// <param name="consumerGroup">The group.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="TopicNotFoundException">The topic does not exist.</exception>
    public static async Task<IReadOnlyList<PartitionLag>> ReadAsync(ITopicClient topics, string consumerGroup, string topic, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(topics);

        // Committed first: read the other way round, a group could seem to be ahead of the end.
        var committed = await topics.GetCommittedAsync(consumerGroup, topic, cancellationToken).ConfigureAwait(false);
        return Of(committed, await topics.GetOffsetsAsync(topic, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Lag by partition, of what was read.</summary>
    /// <param name="committed">What the group has committed, read first.</param>
    /// <param name="offsets">The topic's offsets.</param>
    public static IReadOnlyList<PartitionLag> Of(IReadOnlyList<CommittedOffset> committed, IReadOnlyList<PartitionOffsets> offsets)
    {
        ArgumentNullException.ThrowIfNull(committed);
        ArgumentNullException.ThrowIfNull(offsets);
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
