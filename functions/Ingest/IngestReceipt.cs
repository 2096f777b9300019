using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.App.Ingest;

/// <summary>What a client is told of records that were published.</summary>
/// <param name="Topic">Where they are.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Partitions">The partitions they landed in.</param>
/// <param name="Records">Where each landed, in the order of the request.</param>
internal sealed record IngestReceipt(
    string Topic, int Count, IReadOnlyList<PartitionReceipt> Partitions, IReadOnlyList<RecordPosition> Records)
{
    /// <summary>The receipt of acknowledged records.</summary>
    public static IngestReceipt Of(string topic, IReadOnlyList<OutputRecord> records)
    {
        var positions = records.Select(record => record.Position!.Value).ToList();
        var partitions = positions
            .GroupBy(position => position.Partition)
            .OrderBy(partition => partition.Key)
            .Select(partition => new PartitionReceipt(
                partition.Key, partition.Count(), partition.Min(position => position.Offset), partition.Max(position => position.Offset)));
        return new(topic, positions.Count, [.. partitions], positions);
    }
}
