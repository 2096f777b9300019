using KafkaFunctions.Kafka;
using KafkaFunctions.SelfHost.CommandLine.Groups;
using KafkaFunctions.SelfHost.Functions;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.SelfHost.KafkaTrigger;

/// <summary>The consumer groups of the app's Kafka triggers.</summary>
internal sealed class FunctionConsumers(FunctionIndexer indexer, IConfiguration configuration) : IConsumerGroupCatalog
{
    private readonly Lazy<IReadOnlyList<FunctionConsumer>> _consumers = new(() =>
    [
        .. from function in indexer.Read().Functions
           where function.Trigger.IsOfType(BindingTypes.KafkaTrigger)
           select new FunctionConsumer(
               function.Name,
               SettingReferences.Resolve(configuration, function.Trigger.GetString("consumerGroup") ?? ""),
               SettingReferences.Resolve(configuration, function.Trigger.GetString("topic") ?? "")),
    ]);

    public IReadOnlyList<FunctionConsumer> Consumers => _consumers.Value;
}
