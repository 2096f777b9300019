namespace KafkaFunctions.Streams.Brokers.Consuming;

/// <summary>Processes a batch of one partition. Returns only when every record of it is done: the offset after the last is then
/// committed. Batches of one partition come one after the other, in order; those of different partitions in parallel.</summary>
/// <typeparam name="TRecord">The record's type.</typeparam>
/// <param name="partition">The partition.</param>
/// <param name="records">The records, in the order of their offsets.</param>
/// <param name="nextOffset">The offset after the last record.</param>
/// <param name="cancellationToken">Cancelled when the partition is lost or the consumer stops: the batch is not committed.</param>
public delegate Task ProcessBatch<TRecord>(int partition, TRecord[] records, long nextOffset, CancellationToken cancellationToken);
