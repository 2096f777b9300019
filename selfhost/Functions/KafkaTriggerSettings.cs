using KafkaFunctions.SelfHost.Settings;

namespace KafkaFunctions.SelfHost.Functions;

/// <summary>A Kafka trigger with its settings resolved.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="ConsumerGroup">The consumer group.</param>
internal sealed record KafkaTriggerSettings(string Topic, string ConsumerGroup)
{
    /// <summary>The group of a trigger that names none; the Kafka extension's own.</summary>
    public const string DefaultConsumerGroup = "$Default";

    /// <exception cref="Streams.KafkaFunctionsException">A setting has no value.</exception>
    public static KafkaTriggerSettings Of(BindingDescriptor trigger, SettingResolver settings) => new(
        settings.Resolve(trigger.GetString("topic") ?? ""),
        trigger.GetString("consumerGroup") is { Length: > 0 } group ? settings.Resolve(group) : DefaultConsumerGroup);
}
