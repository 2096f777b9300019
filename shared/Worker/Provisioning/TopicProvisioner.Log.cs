using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Worker.Provisioning;

internal sealed partial class TopicProvisioner
{
    [LoggerMessage(EventId = 5101, Level = LogLevel.Information, Message = "Created topic {Topic} with {Partitions} partitions ({Use}).")]
    private partial void LogCreated(string topic, int partitions, string use);

    [LoggerMessage(EventId = 5102, Level = LogLevel.Error, Message = "Topic '{Topic}' ({Use}) does not exist; waiting for it. Create it (topics create {Name} --partitions 4) or set Kafka__CreateTopics=All.")]
    private partial void LogMissing(string topic, string use, string name);

    [LoggerMessage(EventId = 5103, Level = LogLevel.Warning, Message = "Cannot look up the app's topics, waiting: {Reason}")]
    private partial void LogUnavailable(string reason);

    [LoggerMessage(EventId = 5104, Level = LogLevel.Error, Message = "Topic '{Topic}' ({Use}) cannot be looked up or created: {Reason}")]
    private partial void LogRefused(string topic, string use, string reason);
}
