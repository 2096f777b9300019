using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Worker.Outputs;

/// <summary>What an invocation is about to publish to one topic, in order.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Records">The records; dead letters may take the place of some of them.</param>
internal sealed record PendingOutputs(string Topic, IReadOnlyList<OutputRecord> Records)
{
    /// <summary>Joins outputs to one topic in the order of their sources: published at the same time, a later one could become
    /// visible first, and the earlier one would then pass for a copy (design rule 5).</summary>
    public static IReadOnlyList<PendingOutputs> Merge(IReadOnlyList<PendingOutputs> outputs) => outputs.Count < 2
        ? outputs
        :
        [
            .. outputs.GroupBy(pending => pending.Topic).Select(topic => topic.Count() == 1
                ? topic.First()
                : new PendingOutputs(
                    topic.Key,
                    [
                        .. topic.SelectMany(pending => pending.Records)
                            .OrderBy(record => record.Origin?.Partition)
                            .ThenBy(record => record.Origin?.Offset)
                            .ThenBy(record => record.Origin?.Index),
                    ])),
        ];
}
