namespace KafkaFunctions.Streams.State.Progress;

/// <summary>Reads how far a function is, for others than the function itself.</summary>
internal static class ProgressReader
{
    /// <summary>How far a function is in each partition of a topic in which it has begun.</summary>
    /// <exception cref="StateCorruptException">A row cannot be read.</exception>
    public static async Task<Dictionary<int, SourceProgress>> ReadAsync(IStateStore store, string function, string topic, CancellationToken cancellationToken)
    {
        var read = new Dictionary<int, SourceProgress>();
        var prefix = ProgressCodec.PrefixOf(function, topic);
        await foreach (var row in store.ScanAsync(StateBucket.Progress, StateRange.Prefix(prefix.Bytes), cancellationToken).ConfigureAwait(false))
        {
            try
            {
                read[ProgressCodec.PartitionOf(row.Key, prefix)] = ProgressCodec.Decode(row.Value);
            }
            catch (InvalidDataException wrong)
            {
                throw new StateCorruptException(store.Name, StateBucket.Progress, row.Key, wrong.Message, wrong);
            }
        }

        return read;
    }
}
