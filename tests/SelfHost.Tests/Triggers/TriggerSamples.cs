using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Tests.Triggers;

internal static class TriggerSamples
{
    [Function("First")]
    [KafkaOutput("BrokerList", "out-topic")]
    public static string[] First([KafkaTrigger("BrokerList", "in-topic", ConsumerGroup = "first-group", IsBatched = true)] KafkaRecord[] records) => [.. records.Select(record => record.Topic)];

    [Function("Second")]
    public static void Second([KafkaTrigger("BrokerList", "%SecondTopic%")] KafkaRecord record) => _ = record;
}
