namespace KafkaFunctions.SelfHost.CommandLine.Groups;

/// <summary>A function that reads a topic.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="ConsumerGroup">The consumer group that it commits its offsets for.</param>
/// <param name="Topic">The topic that it reads, settings resolved.</param>
internal sealed record FunctionConsumer(string Function, string ConsumerGroup, string Topic);
