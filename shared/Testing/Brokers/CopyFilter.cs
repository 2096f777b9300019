using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Catalog;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Testing.Brokers;

/// <summary>Recognises copies as a function with state does that reads the topic: by the last sequence of each path.</summary>
internal sealed class CopyFilter(FunctionCatalog catalog, string application, string topic)
{
    /// <summary>The records without copies.</summary>
    public IEnumerable<KafkaRecord> Apply(IEnumerable<KafkaRecord> records)
    {
        var honoured = new HonouredIdentities(application, catalog.WritersOf(topic));
        var last = new Dictionary<(int Partition, string Path), IReadOnlyList<long>>();
        foreach (var record in records)
        {
            if (IdentityOf(record) is not { } header || !honoured.IsHonoured(header) || !RecordIdentity.TryParse(header, out var identity))
            {
                yield return record;
                continue;
            }

            var path = (record.Partition, identity!.Path);
            if (!last.TryGetValue(path, out var before) || RecordIdentity.CompareSequences(identity.Sequence, before) > 0)
            {
                last[path] = identity.Sequence;
                yield return record;
            }
        }
    }

    public static byte[]? IdentityOf(KafkaRecord record) => Array.FindLast(record.Headers, header => header.Key == HeaderNames.Identity)?.Value;
}
