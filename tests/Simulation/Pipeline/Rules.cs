using KafkaFunctions.Streams.Processing;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>What the functions compute, without streams or state: the reference run uses the same.</summary>
internal static class Rules
{
    public const int MaxKeys = 6;

    private const int Rests = 3;
    private const int PoisonForSums = 13;

    /// <summary>What F2 makes of a record.</summary>
    public static KeyValue<long, long>[] Returned(long value, int keys) => [new(value % keys, value), new((value + 1) % keys, 1)];

    /// <exception cref="FormatException">The value cannot be summed up: its record is poison.</exception>
    public static long Summed(long value) => CanBeSummed(value) ? value : throw new FormatException($"{value} cannot be summed up.");

    public static bool CanBeSummed(long value) => value % PoisonForSums != 0;

    public static long RestOf(long value) => value % Rests;
}
