using KafkaFunctions.Embedded.Storage;

namespace KafkaFunctions.Embedded.Retention;

/// <summary>Deletes the oldest batches of a partition that are past the limit. The result is the number of records deleted;
/// as long as it is not 0 there may be more.</summary>
internal sealed class RetentionOperation(long partitionId, RetentionLimit limit) : WriteOperation<long>
{
    // Bounds how long appends wait behind it; a batch is about 64 KiB.
    private const int MaxBatches = 200;

    private const string Oldest = """
        SELECT last_offset, record_count, appended_at_ms, length(records) FROM batches
        WHERE partition_id = ?1 ORDER BY last_offset LIMIT ?2
        """;

    protected override long Write(WriteSession session)
    {
        var excess = ExcessBytes(session);
        long? last = null;
        var deleted = 0L;
        using (var row = session.Query(Oldest, partitionId, (long)MaxBatches))
        {
            // Oldest first and without a gap, even where the clock went back.
            while (row.Read() && (excess > 0 || row.GetInt64(2) < limit.AppendedSince))
            {
                last = row.GetInt64(0);
                deleted += row.GetInt64(1);
                excess -= row.GetInt64(3);
            }
        }

        if (last is not null)
        {
            session.Execute("DELETE FROM batches WHERE partition_id = ?1 AND last_offset <= ?2", partitionId, last);
            session.Execute("UPDATE partitions SET start_offset = ?2 WHERE id = ?1", partitionId, last + 1);
        }

        return deleted;
    }

    private long ExcessBytes(WriteSession session) => limit.Bytes is null
        ? 0
        : (long)session.Scalar("SELECT coalesce(sum(length(records)), 0) FROM batches WHERE partition_id = ?1", partitionId)! - limit.Bytes.Value;
}
