using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.KafkaTrigger;

internal sealed partial class KafkaTriggerListener
{
    [LoggerMessage(EventId = 6111, Level = LogLevel.Warning, Message = "{Function} waits: its topic '{Topic}' does not exist. Create it: topics create {Name} --partitions 4")]
    private partial void LogTopicMissing(string function, string topic, string name);

    [LoggerMessage(EventId = 6112, Level = LogLevel.Warning, Message = "{Function} waits for the broker: {Reason}")]
    private partial void LogBrokerUnavailable(string function, string reason);
}
