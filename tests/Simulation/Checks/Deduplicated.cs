using KafkaFunctions.Simulation.Brokers;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Records;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>A topic as a consumer sees it that knows copies by their identity: it remembers the last sequence of each path.</summary>
internal static class Deduplicated
{
    public static IEnumerable<KafkaRecord> Of(SimulatedTopic topic) => topic.Partitions.SelectMany(Of);

    public static RecordIdentity? IdentityOf(KafkaRecord record)
    {
        var header = Array.FindLast(record.Headers, header => header.Key == HeaderNames.Identity);
        return header is not null && RecordIdentity.TryParse(header.Value, out var identity) ? identity : null;
    }

    private static IEnumerable<KafkaRecord> Of(List<KafkaRecord> partition)
    {
        var last = new Dictionary<string, IReadOnlyList<long>>(StringComparer.Ordinal);
        foreach (var record in partition)
        {
            if (IdentityOf(record) is { } identity)
            {
                if (last.TryGetValue(identity.Path, out var before) && RecordIdentity.CompareSequences(identity.Sequence, before) <= 0)
                {
                    continue;
                }

                last[identity.Path] = identity.Sequence;
            }

            yield return record;
        }
    }
}
