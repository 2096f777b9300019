using KafkaFunctions.Simulation.Pipeline;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Testing.Brokers;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>Records with one identity are copies, byte by byte (invariant I3). Of a record that has looked a table up, what it has found may
/// be another.</summary>
internal static class Identities
{
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? FirstProblem(InMemoryBroker broker, PipelineCatalog pipeline)
    {
        var found = pipeline.Functions.Where(function => function.LooksUp).SelectMany(function => function.Outputs).Select(output => output.Topic).ToHashSet();
        return broker.Topics.Select(topic => FirstProblem(topic, found.Contains(topic.Name))).FirstOrDefault(problem => problem is not null);
    }

    private static string? FirstProblem(InMemoryTopic topic, bool isFound)
    {
        var first = new Dictionary<string, KafkaRecord>(StringComparer.Ordinal);
        foreach (var record in topic.Records)
        {
            if (Array.FindLast(record.Headers, header => header.Key == HeaderNames.Identity)?.GetValueAsString() is { } identity
                && !first.TryAdd(identity, record)
                && !IsCopy(first[identity], record, isFound))
            {
                return $"Two records of {topic.Name} have one identity and differ: {ShownRecord.Of(first[identity])} and {ShownRecord.Of(record)}.";
            }
        }

        return null;
    }

    private static bool IsCopy(KafkaRecord left, KafkaRecord right, bool isFound) =>
        left.Partition == right.Partition && left.Key.AsSpan().SequenceEqual(right.Key) && (isFound || left.Value.AsSpan().SequenceEqual(right.Value));
}
