using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Embedded.Brokers;

/// <summary>How far a read has come in one partition.</summary>
internal sealed class ReadCursor(PartitionOffsets offsets, ReadRequest request)
{
    private readonly long _end = request.Follow ? long.MaxValue : offsets.End;

    public int Partition => offsets.Partition;

    public long Next { get; private set; } = request.FromBeginning ? offsets.Start : offsets.End;

    public bool IsAtEnd => Next >= _end;

    /// <summary>How many records to ask for, so that none lies behind the end.</summary>
    public int MostRecords(int limit) => (int)Math.Min(limit, _end - Next);

    /// <summary>Moves behind the records. Where retention deleted what was asked for, later ones come, perhaps from behind the end.</summary>
    /// <returns>The records before the end.</returns>
    public IReadOnlyList<InputRecord> Advance(IReadOnlyList<InputRecord> records)
    {
        if (records.Count > 0 && records[^1].Offset >= _end)
        {
            records = [.. records.TakeWhile(record => record.Offset < _end)];
        }

        if (records.Count > 0)
        {
            Next = records[^1].Offset + 1;
        }
        else if (!request.Follow)
        {
            Next = _end;
        }

        return records;
    }
}
