using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Latency;

/// <summary>A way of single records through the app.</summary>
internal interface IRoute
{
    /// <summary>Topic where they arrive.</summary>
    string Output { get; }

    /// <summary>Number of the next record that arrives there.</summary>
    int NextId();

    /// <summary>Sends the record of a number; returns when it is acknowledged.</summary>
    Task SendAsync(int id, CancellationToken cancellationToken);

    /// <summary>The number of a record that has arrived.</summary>
    int FindId(in InputRecord record);
}
