namespace KafkaFunctions.Bench.Memory;

/// <summary>Memory at one moment, in MiB.</summary>
/// <param name="Resident">Resident memory of the process.</param>
/// <param name="Heap">Managed heap; null where the app does not tell.</param>
internal readonly record struct MemorySample(double Resident, double? Heap);
