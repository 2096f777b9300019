using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.State.Stores;

/// <summary>Divides the rows of a bucket into transactions: what belongs to a row is written with it. At the front of a transaction are
/// the rows, then all that belongs to them.</summary>
internal static class RowTransactions
{
    public static List<List<RowWork>> Split(List<RowWork> works)
    {
        var parts = new List<List<RowWork>>();
        var (from, rows, bytes) = (0, 0, 0L);
        for (var i = 0; i < works.Count; i++)
        {
            var (moreRows, moreBytes) = SizeOf(works[i]);
            if (i > from && (rows + moreRows > StateLimits.MaxRowsPerTransaction || bytes + moreBytes > StateLimits.MaxBytesPerTransaction))
            {
                parts.Add(works.GetRange(from, i - from));
                (from, rows, bytes) = (i, 0, 0);
            }

            rows += moreRows;
            bytes += moreBytes;
        }

        parts.Add(from == 0 ? works : works.GetRange(from, works.Count - from));
        return parts;
    }

    public static List<StateWrite> WritesOf(List<RowWork> works)
    {
        var writes = new List<StateWrite>(works.Count);
        foreach (var work in works)
        {
            writes.Add(new StateWrite(work.Key, work.Folded.Bytes, work.ETag));
        }

        foreach (var work in works)
        {
            if (work.Folded.Extras is { } extras)
            {
                writes.AddRange(extras);
            }
        }

        return writes;
    }

    private static (int Rows, long Bytes) SizeOf(RowWork work)
    {
        var (rows, bytes) = (1, (long)work.Key.Bytes.Length + work.Folded.Bytes!.Length);
        if (work.Folded.Extras is { } extras)
        {
            rows += extras.Count;
            foreach (var extra in extras)
            {
                bytes += StateRules.SizeOf(extra);
            }
        }

        return (rows, bytes);
    }
}
