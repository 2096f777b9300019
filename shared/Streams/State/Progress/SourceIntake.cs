using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.State.Progress;

/// <summary>The records of one source partition in a batch: which are new, and how far the function is when the batch is done
/// (design rules 1 and 2).</summary>
/// <param name="source">The partition.</param>
/// <param name="start">The batch's first offset.</param>
/// <param name="records">About how many records of it there are.</param>
internal sealed class SourceIntake(SourcePartition source, long start, int records)
{
    private readonly List<(long Offset, int Input)> _accepted = new(records);
    private readonly Dictionary<string, Watermark> _watermarks = [];
    private readonly IdentityParts _identities = new();
    private SourceProgress _before = SourceProgress.Start;

    public SourcePartition Source => source;

    /// <summary>The batch's first offset: what a row keeps of this source for earlier ones is done.</summary>
    public long Start => start;

    /// <summary>The first offset after the batch.</summary>
    public long Next { get; private set; }

    /// <summary>The highest timestamp up to the record accepted last.</summary>
    public long StreamTime { get; private set; }

    /// <summary>The stream time before the batch.</summary>
    public long TimeBefore => _before.StreamTime;

    public void Continue(SourceProgress progress)
    {
        _before = progress;
        Next = progress.Next;
        StreamTime = progress.StreamTime;
    }

    /// <summary>Takes a record in, unless it is done or a copy.</summary>
    /// <param name="record">The record; each call the next of the partition.</param>
    /// <param name="input">Its index in the batch.</param>
    /// <param name="honoured">Which identities count.</param>
    /// <param name="now">Milliseconds since 1970-01-01 UTC.</param>
    public bool Accept(in InputRecord record, int input, HonouredIdentities honoured, long now)
    {
        if (record.Offset < Next)
        {
            return false;
        }

        Next = record.Offset + 1;
        if (IsCopy(in record, honoured, now))
        {
            return false;
        }

        _accepted.Add((record.Offset, input));
        return true;
    }

    /// <summary>Index in the batch of the record at an offset; -1 where it is not in the batch, or not new.</summary>
    public int InputOf(long offset)
    {
        var (from, to) = (0, _accepted.Count - 1);
        while (from <= to)
        {
            var middle = (from + to) / 2;
            var (at, input) = _accepted[middle];
            if (at == offset)
            {
                return input;
            }

            (from, to) = at < offset ? (middle + 1, to) : (from, middle - 1);
        }

        return -1;
    }

    /// <summary>The progress once the batch is done, without paths that were not used since <paramref name="oldest"/>.</summary>
    public SourceProgress After(long oldest)
    {
        var watermarks = new Dictionary<string, Watermark>(_before.Watermarks.Count + _watermarks.Count);
        foreach (var (path, watermark) in _before.Watermarks)
        {
            if (watermark.LastUsed >= oldest)
            {
                watermarks[path] = watermark;
            }
        }

        foreach (var (path, watermark) in _watermarks)
        {
            watermarks[path] = watermark;
        }

        return new SourceProgress(Next, StreamTime, watermarks);
    }

    /// <summary>Moves the clock on; never back.</summary>
    /// <returns>The stream time then.</returns>
    public long Observe(long timestamp) => StreamTime = Math.Max(StreamTime, timestamp);

    /// <summary>Takes back what a record did to the clock that could not be processed.</summary>
    public void Rewind(long streamTime) => StreamTime = streamTime;

    private bool IsCopy(in InputRecord record, HonouredIdentities honoured, long now)
    {
        if (IdentityOf(record.Headers) is not { } identity || !honoured.IsHonoured(identity))
        {
            return false;
        }

        var (path, sequence) = _identities.Read(identity);
        if ((_watermarks.TryGetValue(path, out var watermark) || _before.Watermarks.TryGetValue(path, out watermark))
            && RecordIdentity.CompareSequences(sequence, watermark.Sequence) <= 0)
        {
            return true;
        }

        _watermarks[path] = new Watermark(sequence, now);
        return false;
    }

    private static byte[]? IdentityOf(RecordHeader[] headers)
    {
        for (var i = headers.Length - 1; i >= 0; i--)
        {
            if (headers[i].Key == HeaderNames.Identity)
            {
                return headers[i].Value;
            }
        }

        return null;
    }
}
