namespace KafkaFunctions.Bench.App;

/// <summary>A function of the app as its users see it.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Topic">The topic that it reads.</param>
/// <param name="ConsumerGroup">Its consumer group.</param>
internal sealed record Stage(string Function, string Topic, string ConsumerGroup);
