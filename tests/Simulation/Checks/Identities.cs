using KafkaFunctions.Streams.Records;
using KafkaFunctions.Testing.Brokers;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>Records with one identity are copies, byte by byte (invariant I3).</summary>
internal static class Identities
{
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? FirstProblem(InMemoryBroker broker) => broker.Topics.Select(FirstProblem).FirstOrDefault(problem => problem is not null);

    private static string? FirstProblem(InMemoryTopic topic)
    {
        var first = new Dictionary<string, KafkaRecord>(StringComparer.Ordinal);
        foreach (var record in topic.Records)
        {
            if (Array.FindLast(record.Headers, header => header.Key == HeaderNames.Identity)?.GetValueAsString() is { } identity
                && !first.TryAdd(identity, record)
                && !IsCopy(first[identity], record))
            {
                return $"Two records of {topic.Name} have one identity and differ: {ShownRecord.Of(first[identity])} and {ShownRecord.Of(record)}.";
            }
        }

        return null;
    }

    private static bool IsCopy(KafkaRecord left, KafkaRecord right) =>
        left.Partition == right.Partition && left.Key.AsSpan().SequenceEqual(right.Key) && left.Value.AsSpan().SequenceEqual(right.Value);
}
