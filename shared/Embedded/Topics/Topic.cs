namespace KafkaFunctions.Embedded.Topics;

/// <summary>A topic as it is stored. It never changes.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Name">Its name.</param>
/// <param name="PartitionIds">Row of each partition, by number.</param>
/// <param name="Retention">How long its records are kept; null for the log's rule.</param>
/// <param name="MaxRecordBytes">Its largest record; null for the log's limit.</param>
internal sealed record Topic(long Id, string Name, IReadOnlyList<long> PartitionIds, TimeSpan? Retention, long? MaxRecordBytes);
