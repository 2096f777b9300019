using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Worker.DeadLetters;

internal sealed partial class DeadLetterNotices
{
    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning, Message = "{Function} sent {Count} records that it cannot process to {Topic}; the first: {Reason}")]
    private partial void LogDeadLetters(string function, int count, string topic, string? reason);
}
