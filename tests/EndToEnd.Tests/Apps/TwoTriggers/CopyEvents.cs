using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.TwoTriggers;

/// <summary>A function that cannot run.</summary>
public sealed class CopyEvents
{
    /// <summary>Has two triggers.</summary>
    [Function(nameof(CopyEvents))]
    public static void Run(
        [KafkaTrigger("%BrokerList%", "first-topic", ConsumerGroup = "copy-events", IsBatched = true)] KafkaRecord[] records,
        [TimerTrigger("0 * * * * *")] TimerInfo timer)
    {
        _ = records;
        _ = timer;
    }
}
