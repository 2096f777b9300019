namespace KafkaFunctions.App.Ingest;

/// <summary>The records of a request that landed in a partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Count">How many they are. Others may stand between them.</param>
/// <param name="First">Offset of the first.</param>
/// <param name="Last">Offset of the last.</param>
internal sealed record PartitionReceipt(int Partition, int Count, long First, long Last);
