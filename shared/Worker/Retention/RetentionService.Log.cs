using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Worker.Retention;

internal sealed partial class RetentionService
{
    [LoggerMessage(EventId = 5201, Level = LogLevel.Warning, Message = "Old records in {DataDirectory} could not be deleted; trying again in five minutes.")]
    private partial void LogFailed(Exception exception, string dataDirectory);
}
