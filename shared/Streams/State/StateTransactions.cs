namespace KafkaFunctions.Streams.State;

/// <summary>Cuts the writes of a bucket into transactions that a store takes.</summary>
public static class StateTransactions
{
    /// <summary>The writes in their order, in as few transactions as that allows within <see cref="StateLimits"/>.</summary>
    /// <param name="writes">Writes of one bucket, each of a row of its own; a row that is too large by itself stands alone.</param>
    public static IReadOnlyList<IReadOnlyList<StateWrite>> Split(IReadOnlyList<StateWrite> writes)
    {
        ArgumentNullException.ThrowIfNull(writes);
        var transactions = new List<IReadOnlyList<StateWrite>>();
        for (var from = 0; from < writes.Count;)
        {
            var end = EndOf(writes, from);
            transactions.Add(end - from == writes.Count ? writes : Copy(writes, from, end));
            from = end;
        }

        return transactions;
    }

    private static int EndOf(IReadOnlyList<StateWrite> writes, int from)
    {
        var bytes = (long)StateRules.SizeOf(writes[from]);
        var end = from + 1;
        while (end < writes.Count && end - from < StateLimits.MaxRowsPerTransaction)
        {
            bytes += StateRules.SizeOf(writes[end]);
            if (bytes > StateLimits.MaxBytesPerTransaction)
            {
                break;
            }

            end++;
        }

        return end;
    }

    private static StateWrite[] Copy(IReadOnlyList<StateWrite> writes, int from, int end)
    {
        var part = new StateWrite[end - from];
        for (var i = 0; i < part.Length; i++)
        {
            part[i] = writes[from + i];
        }

        return part;
    }
}
