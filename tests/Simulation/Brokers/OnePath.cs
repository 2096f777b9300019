using KafkaFunctions.Simulation.Pipeline;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Simulation.Brokers;

/// <summary>What identities are like without the way a record took: the offset it came from and an index, and no more.</summary>
internal static class OnePath
{
    private const int IndexesPerStep = 10;

    public static OutputRecord Of(OutputRecord record)
    {
        if (!RecordIdentity.TryParse(record.Identity, out var identity))
        {
            return record;
        }

        var index = identity!.Sequence.Skip(1).Aggregate(0L, (all, one) => (all * IndexesPerStep) + one);
        return new OutputRecord(record.Key, record.Value)
        {
            Timestamp = record.Timestamp,
            Headers = record.Headers,
            Identity = RecordIdentity.Start(PipelineCatalog.Application, PipelineCatalog.OneWriter(identity.Function), 0, identity.Sequence[0], (int)index),
        };
    }
}
