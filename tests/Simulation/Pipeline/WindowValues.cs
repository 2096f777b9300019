using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>What windowed aggregations compute: a number that tells in which order values went in, so that none may be there twice, or
/// missing, or out of order.</summary>
internal static class WindowValues
{
    private const int Poison = 13;
    private const int PoisonResult = 17;
    private const int RefusedResult = 19;

    public static long Start { get; } = Aggregation.Start(AggregateKind.Mix);

    public static bool CanBeAdded(long value) => value % Poison != 0;

    public static bool CanBeSent(long result) => result % PoisonResult != 0;

    /// <summary>Whether the broker takes a result.</summary>
    public static bool IsAccepted(long result) => result % RefusedResult != 0;

    public static long Add(long value, long before) => Aggregation.Add(AggregateKind.Mix, before, Service.Call(value));

    /// <exception cref="FormatException">The value cannot be added: its record is poison.</exception>
    public static long AddOrFail(long value, long before) =>
        CanBeAdded(value) ? Add(value, before) : throw new FormatException($"{value} cannot be added.");

    public static long Merge(long first, long second) => Aggregation.Merge(AggregateKind.Mix, first, second);

    /// <exception cref="FormatException">The result cannot be sent on: it is a dead letter.</exception>
    public static long Send(long result) => CanBeSent(Service.Call(result)) ? result : throw new FormatException($"{result} cannot be sent on.");
}
