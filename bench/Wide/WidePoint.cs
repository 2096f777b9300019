namespace KafkaFunctions.Bench.Wide;

/// <summary>What records cost while a number of windows was open.</summary>
/// <param name="Windows">Open windows at the end.</param>
/// <param name="CpuMicroseconds">CPU time per unit (a record, or an update of a window), user and system.</param>
/// <param name="Microseconds">Time per unit.</param>
internal sealed record WidePoint(int Windows, double CpuMicroseconds, double Microseconds);
