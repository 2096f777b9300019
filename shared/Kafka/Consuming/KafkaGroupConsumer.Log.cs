using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Kafka.Consuming;

public sealed partial class KafkaGroupConsumer<TRecord>
{
    [LoggerMessage(EventId = 3101, Level = LogLevel.Information, Message = "{ConsumerGroup} owns {Topic} [{Partitions}].")]
    private partial void LogAssigned(string consumerGroup, string topic, IReadOnlyList<int> partitions);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Information, Message = "{ConsumerGroup} let {Topic} [{Partitions}] go, {Outcome}.")]
    private partial void LogRevoked(string consumerGroup, string topic, IReadOnlyList<int> partitions, string outcome);

    [LoggerMessage(EventId = 3103, Level = LogLevel.Debug, Message = "{Topic}[{Partition}] is paused: its records wait for the function.")]
    private partial void LogPaused(string topic, int partition);

    [LoggerMessage(EventId = 3104, Level = LogLevel.Debug, Message = "{Topic}[{Partition}] is resumed.")]
    private partial void LogResumed(string topic, int partition);

    [LoggerMessage(EventId = 3105, Level = LogLevel.Warning, Message = "{ConsumerGroup} cannot read {Topic} now and keeps trying: {Reason}")]
    private partial void LogConsumeError(string consumerGroup, string topic, string reason);

    [LoggerMessage(EventId = 3106, Level = LogLevel.Warning, Message = "{ConsumerGroup} could not commit its offsets of {Topic}; the next owner reads those records again.")]
    private partial void LogCommitFailed(Exception exception, string consumerGroup, string topic);

    [LoggerMessage(EventId = 3107, Level = LogLevel.Debug, Message = "Offset {Offset} of {Topic}[{Partition}] was not stored.")]
    private partial void LogStoreFailed(Exception exception, string topic, int partition, long offset);

    [LoggerMessage(EventId = 3108, Level = LogLevel.Error, Message = "{ConsumerGroup} on {Topic} does not end when it is cancelled. Pass the invocation's CancellationToken on to what the function awaits.")]
    private partial void LogIgnoresCancellation(string consumerGroup, string topic);

    [LoggerMessage(EventId = 3109, Level = LogLevel.Error, Message = "The consumer of {ConsumerGroup} on {Topic} failed and is started again.")]
    private partial void LogRestart(Exception exception, string consumerGroup, string topic);

    [LoggerMessage(EventId = 3110, Level = LogLevel.Debug, Message = "{ConsumerGroup} did not leave its group cleanly.")]
    private partial void LogCloseFailed(Exception exception, string consumerGroup);
}
