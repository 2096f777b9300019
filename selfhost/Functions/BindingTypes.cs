namespace KafkaFunctions.SelfHost.Functions;

/// <summary>Types of bindings that this host knows, and names in their JSON.</summary>
internal static class BindingTypes
{
    public const string KafkaTrigger = "kafkaTrigger";

    public const string HttpTrigger = "httpTrigger";

    public const string TimerTrigger = "timerTrigger";

    public const string Kafka = "kafka";

    public const string Http = "http";

    /// <summary>Name of the output that is what the function returns.</summary>
    public const string Return = "$return";

    public const string TriggerSuffix = "Trigger";
}
