using KafkaFunctions.Embedded.Storage;

namespace KafkaFunctions.Embedded.Groups;

/// <summary>Deletes a group's offsets, while nobody acquired the group since. The result is how many there were.</summary>
internal sealed class ForgetGroupOperation(string consumerGroup, long epoch) : WriteOperation<long>
{
    protected override long Write(WriteSession session)
    {
        if (epoch != (long?)session.Scalar("SELECT epoch FROM consumer_groups WHERE name = ?1", consumerGroup))
        {
            throw new GroupLeaseLostException(consumerGroup);
        }

        var offsets = (long)session.Scalar("SELECT count(*) FROM committed_offsets WHERE consumer_group = ?1", consumerGroup)!;
        session.Execute("DELETE FROM committed_offsets WHERE consumer_group = ?1", consumerGroup);
        return offsets;
    }
}
