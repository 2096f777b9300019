using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Progress;
using KafkaFunctions.Streams.State.Stores;

namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>Reads how far a side of a join is: from its function's progress, and then from the broker what is left to read.</summary>
/// <remarks>The ends come second, after the progress of both sides: what was written before the records that made it is read by then, or a
/// side that has records left to read is one that lags.</remarks>
internal sealed class JoinClockReader(RowTable table, StateRuntime state, Func<string, string?>? topicOf)
{
    public string? TopicOf(StoreShare share) => topicOf?.Invoke(share.Function);

    public async Task<IReadOnlyDictionary<int, SourceProgress>> ReadProgressAsync(StoreShare share, CancellationToken cancellationToken) => TopicOf(share) is { } topic
        ? await ProgressReader.ReadAsync(table.Store, share.Function, share.SourceOf(topic), cancellationToken).ConfigureAwait(false)
        : new Dictionary<int, SourceProgress>();

    public async Task<IReadOnlyList<PartitionOffsets>> ReadEndsAsync(StoreShare share, CancellationToken cancellationToken)
    {
        if (TopicOf(share) is not { } topic || state.Topics is not { } topics)
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

    public static List<JoinPartition> PartitionsOf(IReadOnlyDictionary<int, SourceProgress> progress, IReadOnlyList<PartitionOffsets> ends, IReadOnlyList<int> except) =>
    [
        .. from partition in ends.Select(end => end.Partition).Union(progress.Keys).Except(except)
           let known = progress.GetValueOrDefault(partition) ?? SourceProgress.Start
           let end = ends.FirstOrDefault(end => end.Partition == partition)
           select new JoinPartition(known.StreamTime, known.Next >= end.End || end.Start == end.End),
    ];
}
