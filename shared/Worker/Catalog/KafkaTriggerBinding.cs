namespace KafkaFunctions.Worker.Catalog;

/// <summary>The Kafka trigger of a function, its settings resolved.</summary>
/// <param name="Broker">Bootstrap servers, or <c>embedded</c>.</param>
/// <param name="Topic">Topic that it reads.</param>
/// <param name="ConsumerGroup">Its consumer group; empty where none is named.</param>
internal sealed record KafkaTriggerBinding(string Broker, string Topic, string ConsumerGroup)
{
    /// <summary>Topic of the records that the function could not process.</summary>
    public string DeadLetterTopic => Topic + DeadLetterSuffix;

    public const string DeadLetterSuffix = ".dlq";
}
