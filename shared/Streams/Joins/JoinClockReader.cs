using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.State.Progress;
using KafkaFunctions.Streams.State.Stores;

namespace KafkaFunctions.Streams.Joins;

/// <summary>Reads the clocks of both sides of a join: from the progress of its two functions, and from the broker what is left to read.</summary>
internal sealed class JoinClockReader(BatchRun batch, RowTable table, StoreShare ownShare, StoreShare otherShare)
{
    public async Task<JoinClock> ReadAsync(CancellationToken cancellationToken)
    {
        var topic = batch.Function.TopicOf?.Invoke(otherShare.Function);
        var ownTopic = batch.Input(0).Topic;

        // First the ends: what was there then has been read if the progress, read later, is that far.
        var ends = await EndsAsync(topic, cancellationToken).ConfigureAwait(false);
        var ownEnds = await EndsAsync(ownTopic, cancellationToken).ConfigureAwait(false);
        var other = topic is null ? [] : await ReadAsync(otherShare, topic, ends, [], cancellationToken).ConfigureAwait(false);
        var own = ownEnds.Count <= 1
            ? []
            : await ReadAsync(ownShare, ownTopic, ownEnds, [.. batch.Sources.Select(source => source.Source.Partition)], cancellationToken).ConfigureAwait(false);
        return new JoinClock(own, other) { Ends = ownEnds.ToDictionary(end => end.Partition, end => end.End) };
    }

    private async Task<IReadOnlyList<PartitionOffsets>> EndsAsync(string? topic, CancellationToken cancellationToken)
    {
        if (topic is null || batch.State.Topics is not { } topics)
        {
            return [];
        }

        try
        {
            return await topics.GetOffsetsAsync(topic, cancellationToken).ConfigureAwait(false);
        }
        catch (TopicNotFoundException)
        {
            // Nothing was ever written to it.
            return [];
        }
    }

    private async Task<List<JoinPartition>> ReadAsync(
        StoreShare share, string topic, IReadOnlyList<PartitionOffsets> ends, IReadOnlyList<int> except, CancellationToken cancellationToken)
    {
        var progress = await ProgressReader.ReadAsync(table.Store, share.Function, share.SourceOf(topic), cancellationToken).ConfigureAwait(false);
        var partitions = ends.Select(end => end.Partition).Union(progress.Keys).Except(except);
        return
        [
            .. from partition in partitions
               let known = progress.GetValueOrDefault(partition) ?? SourceProgress.Start
               let end = ends.FirstOrDefault(end => end.Partition == partition)
               select new JoinPartition(known.StreamTime, known.Next >= end.End || end.Start == end.End),
        ];
    }
}
