using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.State.Progress;
using KafkaFunctions.Streams.State.Stores;

namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>Both sides' clocks, as a batch reads them: what is stored of them, and, only where that matters, what is left to read. One use.</summary>
internal sealed class BatchClock(BatchRun batch, RowTable table, StoreShare own, StoreShare other)
{
    private readonly JoinClockReader _reader = new(table, batch.State, batch.Function.TopicOf);
    private IReadOnlyDictionary<int, SourceProgress> _own = null!;
    private IReadOnlyDictionary<int, SourceProgress> _other = null!;

    /// <summary>The lowest stream time of the batch's partitions before the batch.</summary>
    public long TimeBefore => batch.Sources.Min(source => source.TimeBefore);

    /// <summary>The lowest stream time of the batch's partitions behind the batch.</summary>
    public long TimeBehind => batch.Sources.Min(source => source.StreamTime);

    /// <summary>Reads what is stored.</summary>
    /// <returns>The highest stream time of both sides.</returns>
    public async Task<long> ReadHighestAsync(CancellationToken cancellationToken)
    {
        var read = await Task.WhenAll(_reader.ReadProgressAsync(own, cancellationToken), _reader.ReadProgressAsync(other, cancellationToken)).ConfigureAwait(false);
        (_own, _other) = (read[0], read[1]);
        return _own.Values.Concat(_other.Values).Select(progress => progress.StreamTime).Append(TimeBehind).Max();
    }

    /// <summary>Asks for the ends.</summary>
    public async Task<JoinClock> ReadAsync(CancellationToken cancellationToken)
    {
        var ends = await Task.WhenAll(_reader.ReadEndsAsync(own, cancellationToken), _reader.ReadEndsAsync(other, cancellationToken)).ConfigureAwait(false);
        return new JoinClock(
            JoinClockReader.PartitionsOf(_own, ends[0], [.. batch.Sources.Select(source => source.Source.Partition)]),
            JoinClockReader.PartitionsOf(_other, ends[1], []))
        {
            Ends = ends[0].ToDictionary(end => end.Partition, end => end.End),
        };
    }
}
