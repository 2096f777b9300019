using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Testing.Brokers;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>Topics as a consumer sees them that knows copies by their identity: it remembers the last sequence of each path.</summary>
internal sealed class Survivors(InMemoryBroker broker)
{
    private readonly Dictionary<string, IReadOnlyList<KafkaRecord>> _records = new(StringComparer.Ordinal);

    public IReadOnlyList<KafkaRecord> this[string topic]
    {
        get
        {
            if (!_records.TryGetValue(topic, out var records))
            {
                _records.Add(topic, records = [.. broker[topic].Partitions.SelectMany(Of)]);
            }

            return records;
        }
    }

    private static IEnumerable<KafkaRecord> Of(List<KafkaRecord> partition)
    {
        var identities = new IdentityParts();
        var last = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var record in partition)
        {
            if (Array.FindLast(record.Headers, header => header.Key == HeaderNames.Identity) is { } header)
            {
                var (path, sequence) = identities.Read(header.Value);
                if (last.TryGetValue(path, out var before) && RecordIdentity.CompareSequences(sequence, before) <= 0)
                {
                    continue;
                }

                last[path] = sequence;
            }

            yield return record;
        }
    }
}
