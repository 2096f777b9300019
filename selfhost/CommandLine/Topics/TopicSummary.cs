using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.SelfHost.CommandLine.Topics;

/// <summary>A topic and what it holds.</summary>
internal sealed record TopicSummary(string Name, int Partitions, IReadOnlyList<PartitionOffsets> Offsets)
{
    /// <summary>Records between the start and the end of the partitions: an upper bound where a topic is compacted.</summary>
    public long Records => Offsets.Sum(range => range.End - range.Start);
}
