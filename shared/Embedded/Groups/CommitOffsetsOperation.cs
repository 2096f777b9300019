using KafkaFunctions.Embedded.Storage;

namespace KafkaFunctions.Embedded.Groups;

/// <summary>Sets a group's offsets, all or none; with an epoch only while nobody acquired the group since.</summary>
internal sealed class CommitOffsetsOperation(
    string consumerGroup, long? epoch, IReadOnlyCollection<(long PartitionId, long Offset)> offsets) : WriteOperation<bool>
{
    protected override bool Write(WriteSession session)
    {
        if (epoch is not null && epoch != (long?)session.Scalar("SELECT epoch FROM consumer_groups WHERE name = ?1", consumerGroup))
        {
            throw new GroupLeaseLostException(consumerGroup);
        }

        foreach (var (partitionId, offset) in offsets)
        {
            session.Execute(
                """
                INSERT INTO committed_offsets (consumer_group, partition_id, next_offset) VALUES (?1, ?2, ?3)
                ON CONFLICT DO UPDATE SET next_offset = excluded.next_offset
                """,
                consumerGroup,
                partitionId,
                offset);
        }

        return true;
    }
}
