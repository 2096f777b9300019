using KafkaFunctions.Streams.Processing;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>What the aggregations compute, without streams or state: the reference run uses the same.</summary>
internal static class AggregationRules
{
    public const int MaxKeys = 6;

    private const int Rests = 3;
    private const int Ids = 7;
    private const int PoisonForSums = 13;
    private const int PoisonForNumbers = 11;

    /// <summary>What F2 makes of a record.</summary>
    public static KeyValue<long, long>[] Returned(long value, int keys) => [new(value % keys, value), new((value + 1) % keys, 1)];

    /// <exception cref="FormatException">The value cannot be summed up: its record is poison.</exception>
    public static long Summed(long value) => CanBeSummed(value) ? value : throw new FormatException($"{value} cannot be summed up.");

    public static bool CanBeSummed(long value) => value % PoisonForSums != 0;

    /// <exception cref="FormatException">The value cannot be numbered: its record is poison.</exception>
    public static long Numbered(long value) => CanBeNumbered(value) ? value : throw new FormatException($"{value} cannot be numbered.");

    public static bool CanBeNumbered(long value) => value % PoisonForNumbers != 0;

    public static long RestOf(long value) => value % Rests;

    public static long IdOf(long value) => value % Ids;

    /// <summary>The group of a sum: it changes with the sum.</summary>
    public static long GroupOf(long key, long sum) => (key + sum) % Rests;
}
