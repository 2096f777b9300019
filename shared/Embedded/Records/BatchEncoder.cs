using System.Buffers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Embedded.Records;

/// <summary>Encodes one partition's records into pieces of at most <see cref="MaxBatchBytes"/>; a larger record is a piece alone.</summary>
internal sealed class BatchEncoder
{
    /// <summary>Bytes of a stored batch. A reader that takes few records at a time reads the whole batch each time; larger
    /// batches are hardly faster to write.</summary>
    public const int MaxBatchBytes = 64 * 1024;

    private readonly List<EncodedRecords> _pieces = [];
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private int _count;

    public void Add(OutputRecord record, long timestamp)
    {
        var maxSize = RecordEncoder.MaxSizeOf(record);
        if (_buffer.WrittenCount + maxSize > MaxBatchBytes)
        {
            EndPiece();
        }

        _buffer.Advance(RecordEncoder.Write(record, timestamp, _buffer.GetSpan(maxSize)));
        _count++;
    }

    public IReadOnlyList<EncodedRecords> End()
    {
        EndPiece();
        return _pieces;
    }

    private void EndPiece()
    {
        if (_count == 0)
        {
            return;
        }

        _pieces.Add(new EncodedRecords(_count, _buffer.WrittenSpan.ToArray()));
        _buffer.ResetWrittenCount();
        _count = 0;
    }
}
