using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.SelfHost.CommandLine.Topics;

/// <summary>Creates a topic, or finds that it is there.</summary>
/// <param name="Name">The topic's name.</param>
/// <param name="Partitions">Partitions asked for; null where it does not matter.</param>
/// <param name="Retention">Retention asked for; null for the broker's own rule.</param>
internal sealed record TopicCreation(string Name, int? Partitions, TimeSpan? Retention)
{
    public async Task<int> RunAsync(ITopicClient topics, CommandConsole console, CancellationToken cancellationToken)
    {
        var specification = new TopicSpecification(Name, Partitions ?? TopicSpecification.DefaultPartitions) { Retention = Retention };
        try
        {
            if (await topics.CreateAsync(specification, cancellationToken))
            {
                console.Error.WriteLine($"Created topic '{Name}' with {Count(specification.Partitions)}.");
                return ExitStatus.Done;
            }
        }
        catch (ArgumentException refused)
        {
            return CommandRun.Fail(console, refused.Message);
        }

        return await ExistsAsync(topics, console, cancellationToken);
    }

    private async Task<int> ExistsAsync(ITopicClient topics, CommandConsole console, CancellationToken cancellationToken)
    {
        var existing = await topics.FindAsync(Name, cancellationToken) ?? throw new TopicNotFoundException(Name);
        if (Partitions is { } wanted && wanted != existing.Partitions)
        {
            return CommandRun.Fail(
                console,
                $"Topic '{Name}' exists already with {Count(existing.Partitions)}, not {wanted}; it was left as it is. "
                + $"Choose another name or --partitions {existing.Partitions}.");
        }

        var retention = Retention is null ? "" : "; its retention was left as it is";
        console.Error.WriteLine($"Topic '{Name}' exists already with {Count(existing.Partitions)}{retention}.");
        return ExitStatus.Done;
    }

    private static string Count(int partitions) => partitions == 1 ? "1 partition" : $"{partitions} partitions";
}
