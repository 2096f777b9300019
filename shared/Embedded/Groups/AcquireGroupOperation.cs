using KafkaFunctions.Embedded.Storage;

namespace KafkaFunctions.Embedded.Groups;

/// <summary>Begins a new epoch of a group: commits of earlier owners are refused from then on. The result is the epoch.</summary>
internal sealed class AcquireGroupOperation(string consumerGroup) : WriteOperation<long>
{
    protected override long Write(WriteSession session) => (long)session.Scalar(
        "INSERT INTO consumer_groups (name, epoch) VALUES (?1, 1) ON CONFLICT DO UPDATE SET epoch = epoch + 1 RETURNING epoch",
        consumerGroup)!;
}
