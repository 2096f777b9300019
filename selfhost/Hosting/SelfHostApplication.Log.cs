using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.Hosting;

internal sealed partial class SelfHostApplication
{
    [LoggerMessage(EventId = 6300, Level = LogLevel.Information, Message = "Skipping '{Name}' from local settings as it's already defined in current environment variables.")]
    private static partial void LogSkipped(ILogger logger, string name);

    [LoggerMessage(EventId = 6301, Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);

    [LoggerMessage(EventId = 6302, Level = LogLevel.Critical, Message = "The host failed")]
    private static partial void LogFailure(ILogger logger, Exception exception);
}
