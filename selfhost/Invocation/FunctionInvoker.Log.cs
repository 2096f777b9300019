using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.Invocation;

internal sealed partial class FunctionInvoker
{
    [LoggerMessage(EventId = 6000, Level = LogLevel.Debug, Message = "Executing 'Functions.{Function}' (Reason='{Reason}', Id={InvocationId})", SkipEnabledCheck = true)]
    private static partial void LogExecuting(ILogger logger, string function, string reason, string invocationId);

    [LoggerMessage(EventId = 6001, Level = LogLevel.Debug, Message = "Executed 'Functions.{Function}' (Succeeded, Id={InvocationId}, Duration={Duration}ms)", SkipEnabledCheck = true)]
    private static partial void LogSucceeded(ILogger logger, string function, string invocationId, long duration);

    [LoggerMessage(EventId = 6002, Level = LogLevel.Error, Message = "Executed 'Functions.{Function}' (Failed, Id={InvocationId}, Duration={Duration}ms)")]
    private static partial void LogThrew(ILogger logger, string function, string invocationId, long duration, Exception exception);

    [LoggerMessage(EventId = 6003, Level = LogLevel.Error, Message = "Executed 'Functions.{Function}' (Failed, Id={InvocationId}, Duration={Duration}ms): {Reason}")]
    private static partial void LogFailed(ILogger logger, string function, string invocationId, long duration, string reason);

    [LoggerMessage(EventId = 6004, Level = LogLevel.Information, Message = "Executed 'Functions.{Function}' (Cancelled, Id={InvocationId}, Duration={Duration}ms)")]
    private static partial void LogCancelled(ILogger logger, string function, string invocationId, long duration);

    [LoggerMessage(EventId = 6005, Level = LogLevel.Warning, Message = "'Functions.{Function}' runs again in {Delay}s (retry {Retry})")]
    private static partial void LogRetry(ILogger logger, string function, double delay, int retry);
}
