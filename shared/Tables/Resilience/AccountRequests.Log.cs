using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Tables;

internal sealed partial class AccountRequests
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Debug, Message = "A request to storage account {Account} is repeated in {Pause} (attempt {Attempt}): {Reason}")]
    private partial void LogRetry(string account, int attempt, TimeSpan pause, string reason);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "Storage account {Account} throttles: requests are slowed down. If it lasts, use more buckets or more accounts (StateStorage__0, __1 ...)")]
    private partial void LogThrottled(string account);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Warning, Message = "Storage account {Account} does not answer; requests are repeated. If it lasts, check the account, the network and StateStorage: {Reason}")]
    private partial void LogNoAnswer(string account, string reason);
}
