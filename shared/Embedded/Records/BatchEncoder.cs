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
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(MaxBatchBytes);
    private int _length;
    private int _count;

    public void Add(OutputRecord record, long timestamp)
    {
        var maxSize = RecordEncoder.MaxSizeOf(record);
        if (_length + maxSize > MaxBatchBytes)
        {
            EndPiece();
        }

        if (maxSize > _buffer.Length)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(maxSize);
        }

        _length += RecordEncoder.Write(record, timestamp, _buffer.AsSpan(_length));
        _count++;
    }

    /// <summary>Ends the encoder's use.</summary>
    public IReadOnlyList<EncodedRecords> End()
    {
        EndPiece();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        return _pieces;
    }

    private void EndPiece()
    {
        if (_count == 0)
        {
            return;
        }

        _pieces.Add(new EncodedRecords(_count, _buffer[.._length]));
        _length = 0;
        _count = 0;
    }
}
