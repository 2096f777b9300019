namespace KafkaFunctions.SelfHost.CommandLine.Groups;

/// <summary>Which consumer groups the app's functions use.</summary>
internal interface IConsumerGroupCatalog
{
    /// <summary>Every function with a Kafka trigger, in the order in which the app lists its functions.</summary>
    IReadOnlyList<FunctionConsumer> Consumers { get; }
}
