namespace KafkaFunctions.Streams.Brokers;

/// <summary>A topic as the broker describes it.</summary>
/// <param name="Name">The topic's name.</param>
/// <param name="Partitions">Number of partitions.</param>
public sealed record TopicDescription(string Name, int Partitions);
