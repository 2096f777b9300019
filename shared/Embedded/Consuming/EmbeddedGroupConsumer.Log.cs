using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Embedded.Consuming;

public sealed partial class EmbeddedGroupConsumer<TRecord>
{
    [LoggerMessage(EventId = 4101, Level = LogLevel.Information, Message = "{ConsumerGroup} owns {Topic} [{Partitions}].")]
    private partial void LogAssigned(string consumerGroup, string topic, IReadOnlyList<int> partitions);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Information, Message = "{ConsumerGroup} let {Topic} go.")]
    private partial void LogRevoked(string consumerGroup, string topic);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Warning, Message = "{ConsumerGroup} is owned by another process that uses {DataDirectory}; standing by to take over.")]
    private partial void LogStandingBy(string consumerGroup, string dataDirectory);

    [LoggerMessage(EventId = 4104, Level = LogLevel.Warning, Message = "{ConsumerGroup} cannot commit its offset of {Topic}[{Partition}] and keeps trying: {Reason}")]
    private partial void LogCommitFailed(string consumerGroup, string topic, int partition, string reason);

    [LoggerMessage(EventId = 4105, Level = LogLevel.Error, Message = "The consumer of {ConsumerGroup} on {Topic} failed and is started again: {Reason}")]
    private partial void LogRestart(Exception? exception, string consumerGroup, string topic, string reason);
}
