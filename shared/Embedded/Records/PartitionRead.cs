using KafkaFunctions.Embedded.Storage;
using KafkaFunctions.Streams.Records;
using SQLitePCL;

namespace KafkaFunctions.Embedded.Records;

/// <summary>What to read of a partition.</summary>
/// <param name="Topic">The topic's name.</param>
/// <param name="Partition">The partition's number.</param>
/// <param name="PartitionId">The partition's row.</param>
/// <param name="FromOffset">The first offset wanted.</param>
/// <param name="MaxRecords">Most records.</param>
/// <param name="MaxBytes">Most bytes; the first record is read whatever its size.</param>
internal readonly record struct PartitionRead(
    string Topic, int Partition, long PartitionId, long FromOffset, int MaxRecords, long MaxBytes)
{
    private const int RecordsColumn = 2;
    private const string Batches =
        "SELECT last_offset, record_count, records FROM batches WHERE partition_id = ?1 AND last_offset >= ?2 ORDER BY last_offset";

    /// <summary>Reads until a limit or the partition's end.</summary>
    public static List<InputRecord> Read(ReadSession session, PartitionRead request)
    {
        var records = new List<InputRecord>();
        var bytes = 0L;
        using var row = session.Query(Batches, request.PartitionId, request.FromOffset);
        while (records.Count < request.MaxRecords && bytes < request.MaxBytes && row.Read())
        {
            var end = row.GetInt64(0) + 1;
            var offset = end - row.GetInt64(1);
            // SQLite's own memory, valid until the next row: a batch is not copied for the few records wanted of it.
            var decoder = new RecordDecoder(raw.sqlite3_column_blob(row.Handle, RecordsColumn), session.HeaderNames);
            var first = Math.Max(offset, request.FromOffset);
            decoder.Skip(first - offset);
            for (offset = first; offset < end && records.Count < request.MaxRecords; offset++)
            {
                var record = decoder.Read(request.Topic, request.Partition, offset, out var size);
                bytes += size;
                if (bytes > request.MaxBytes && records.Count > 0)
                {
                    return records;
                }

                records.Add(record);
            }
        }

        return records;
    }
}
