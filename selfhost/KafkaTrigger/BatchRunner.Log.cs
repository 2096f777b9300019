using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.KafkaTrigger;

internal sealed partial class BatchRunner
{
    [LoggerMessage(EventId = 6101, Level = LogLevel.Warning, Message = "{Function} failed on {Topic}[{Partition}] offsets {First} to {Last}; nothing is committed, running it again in {Delay}.")]
    private partial void LogFailed(string function, string topic, int partition, long first, long last, TimeSpan delay);
}
