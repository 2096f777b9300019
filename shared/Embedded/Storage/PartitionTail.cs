using KafkaFunctions.Embedded.Records;

namespace KafkaFunctions.Embedded.Storage;

/// <summary>What a transaction appends to a partition and has not written yet.</summary>
internal sealed class PartitionTail(long partitionId, long nextOffset)
{
    private readonly List<EncodedRecords> _pieces = [];
    private int _bytes;

    public long PartitionId => partitionId;

    /// <summary>Offset behind everything added so far.</summary>
    public long NextOffset { get; private set; } = nextOffset;

    /// <summary>False where the piece would make the batch too large; an empty tail takes any piece.</summary>
    public bool TryAdd(EncodedRecords piece)
    {
        if (_bytes > 0 && _bytes + piece.Bytes.Length > BatchEncoder.MaxBatchBytes)
        {
            return false;
        }

        _pieces.Add(piece);
        _bytes += piece.Bytes.Length;
        NextOffset += piece.Count;
        return true;
    }

    /// <summary>Everything added since the last call, as one batch.</summary>
    public EncodedRecords Take()
    {
        var batch = _pieces is [var only] ? only : Join();
        _pieces.Clear();
        _bytes = 0;
        return batch;
    }

    private EncodedRecords Join()
    {
        var bytes = new byte[_bytes];
        var at = 0;
        var count = 0;
        foreach (var piece in _pieces)
        {
            piece.Bytes.CopyTo(bytes, at);
            at += piece.Bytes.Length;
            count += piece.Count;
        }

        return new EncodedRecords(count, bytes);
    }
}
