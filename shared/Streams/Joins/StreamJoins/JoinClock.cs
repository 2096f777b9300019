using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>What a batch of one side knows of the clocks of both (semantics: join time). Immutable.</summary>
/// <param name="OwnOthers">The other partitions of the batch's own side.</param>
/// <param name="Other">The partitions of the other side.</param>
internal sealed record JoinClock(IReadOnlyList<JoinPartition> OwnOthers, IReadOnlyList<JoinPartition> Other)
{
    /// <summary>The ends of the partitions of the batch's own side.</summary>
    public IReadOnlyDictionary<int, long> Ends { get; init; } = new Dictionary<int, long>();

    public static JoinClock Unknown { get; } = new([], []);

    /// <summary>The highest stream time of both sides.</summary>
    /// <param name="time">The batch's own partition's.</param>
    public long Highest(long time) => Math.Max(time, Math.Max(Max(OwnOthers), Max(Other)));

    /// <summary>The batch's own side's clock: what decides on records of the other side.</summary>
    public long Own(long time, bool isCaughtUp) => Math.Min(isCaughtUp ? Highest(time) : time, Lowest(OwnOthers, Highest(time)));

    /// <summary>Whether nothing is left to read behind a batch.</summary>
    public bool IsCaughtUp(BatchRun batch) => batch.Sources.All(source => source.Next >= Ends.GetValueOrDefault(source.Source.Partition));

    /// <summary>The other side's clock: what decides on records of the batch's own side.</summary>
    public long OfOther(long time) => Lowest(Other, Highest(time));

    /// <summary>The lower one of both sides' clocks, for records of the batch's own side.</summary>
    public long ForOwn(long time) => Math.Min(Own(time, isCaughtUp: false), OfOther(time));

    /// <summary>The lower one of both sides' clocks, for records of the other side. By that side's own, where it is quiet nothing is
    /// forgotten, as in Kafka Streams.</summary>
    public long ForOther(long time) => Math.Min(Own(time, isCaughtUp: false), OtherTime);

    /// <summary>The other side's stream time by itself.</summary>
    private long OtherTime
    {
        get
        {
            var times = Other.Where(partition => partition.StreamTime >= 0).ToList();
            return times.Count == 0
                ? InputRecord.NoTimestamp
                : times.Min(partition => partition.IsCaughtUp ? times.Max(other => other.StreamTime) : partition.StreamTime);
        }
    }

    /// <summary>The lowest clock of partitions of both sides.</summary>
    public static long LowestOf(IReadOnlyList<JoinPartition> partitions) => Lowest(partitions, Max(partitions));

    private static long Lowest(IReadOnlyList<JoinPartition> partitions, long highest) =>
        partitions.Count == 0 ? highest : partitions.Min(partition => partition.IsCaughtUp ? highest : partition.StreamTime);

    private static long Max(IReadOnlyList<JoinPartition> partitions) => partitions.Count == 0 ? -1 : partitions.Max(partition => partition.StreamTime);
}
