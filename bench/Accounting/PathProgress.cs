using KafkaFunctions.Streams.Identity;

namespace KafkaFunctions.Bench.Accounting;

/// <summary>How far one path has come in one partition.</summary>
internal sealed class PathProgress
{
    private IReadOnlyList<long>? _lastFirst;
    private long _lastOffset = -1;

    /// <summary>How often the path went back to an earlier source offset.</summary>
    public long Rewinds { get; private set; }

    /// <summary>Notes any occurrence.</summary>
    public void See(long sourceOffset)
    {
        if (sourceOffset < _lastOffset)
        {
            Rewinds++;
        }

        _lastOffset = sourceOffset;
    }

    /// <summary>Notes a first occurrence.</summary>
    /// <returns>False where it comes before one that was seen already.</returns>
    public bool TakeFirst(IReadOnlyList<long> sequence)
    {
        var inOrder = _lastFirst is null || RecordIdentity.CompareSequences(sequence, _lastFirst) > 0;
        _lastFirst = sequence;
        return inOrder;
    }
}
