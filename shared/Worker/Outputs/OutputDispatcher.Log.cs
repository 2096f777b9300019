using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Worker.Outputs;

internal sealed partial class OutputDispatcher
{
    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "{Function} could not publish to {Topic}; trying again in {Delay}: {Reason}")]
    private partial void LogPublishRetry(string function, string topic, TimeSpan delay, string reason);
}
