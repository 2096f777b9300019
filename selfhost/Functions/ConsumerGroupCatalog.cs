using KafkaFunctions.SelfHost.CommandLine.Groups;
using KafkaFunctions.SelfHost.Settings;

namespace KafkaFunctions.SelfHost.Functions;

/// <summary>Which consumer groups the app's functions use.</summary>
internal sealed class ConsumerGroupCatalog(FunctionIndex index, SettingResolver settings) : IConsumerGroupCatalog
{
    public IReadOnlyList<FunctionConsumer> Consumers { get; } =
    [
        .. from function in index.Functions
           where function.Trigger.IsOfType(BindingTypes.KafkaTrigger)
           let trigger = KafkaTriggerSettings.Of(function.Trigger, settings)
           select new FunctionConsumer(function.Name, trigger.ConsumerGroup, trigger.Topic),
    ];
}
