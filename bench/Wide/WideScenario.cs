using KafkaFunctions.Streams.Processing;

namespace KafkaFunctions.Bench.Wide;

/// <summary>Windows of some shape, opened one after the other; some records are about windows that are open already.</summary>
internal sealed class WideScenario
{
    public required string Name { get; init; }

    /// <summary>What is done to the records.</summary>
    public required StreamProcessor Processor { get; init; }

    /// <summary>Key and event time of the record that opens windows, by its number.</summary>
    public required Func<int, (int Key, long Timestamp)> Next { get; init; }

    /// <summary>Event time within an open window, by the time of the record that opened it.</summary>
    public required Func<long, long> Again { get; init; }

    /// <summary>Windows that a record is in.</summary>
    public int Overlap { get; init; } = 1;

    /// <summary>Most windows that are opened.</summary>
    public required int Windows { get; init; }

    public int BatchSize { get; init; } = 1_000;

    /// <summary>Whether all windows are closed at once, too, and published.</summary>
    public bool Closes { get; init; }
}
