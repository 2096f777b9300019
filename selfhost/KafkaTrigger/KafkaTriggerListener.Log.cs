using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.KafkaTrigger;

internal sealed partial class KafkaTriggerListener
{
    [LoggerMessage(EventId = 6111, Level = LogLevel.Debug, Message = "{Function} waits for its topic '{Topic}'.")]
    private partial void LogTopicMissing(string function, string topic);

    [LoggerMessage(EventId = 6112, Level = LogLevel.Warning, Message = "{Function} waits for the broker: {Reason}")]
    private partial void LogBrokerUnavailable(string function, string reason);
}
