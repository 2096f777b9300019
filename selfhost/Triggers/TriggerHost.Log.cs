using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.Triggers;

internal sealed partial class TriggerHost
{
    [LoggerMessage(EventId = 6100, Level = LogLevel.Warning, Message = "{Trigger} was still running after {Seconds}s; what it had begun is delivered again at the next start")]
    private static partial void LogNotDrained(ILogger logger, string trigger, double seconds);

    [LoggerMessage(EventId = 6101, Level = LogLevel.Error, Message = "{Trigger} did not stop in order")]
    private static partial void LogStopFailed(ILogger logger, string trigger, Exception exception);
}
