using Confluent.Kafka;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Kafka;

/// <summary>Why a producer stopped.</summary>
/// <param name="Topic">The topic at fault; null where it was not a topic's.</param>
/// <param name="Code">The broker's or librdkafka's code.</param>
/// <param name="Reason">Their words.</param>
internal sealed record ProducerFailure(string? Topic, ErrorCode Code, string Reason)
{
    /// <summary>What a call that publishes to <paramref name="topic"/> gets.</summary>
    public PublishException ToException(string topic)
    {
        var message = Topic is null || Topic == topic
            ? Explain(topic)
            : $"Publishing to topic '{topic}' was stopped, because publishing to topic '{Topic}' failed on the same producer: {Explain(Topic)}";
        return new PublishException(topic, message, new KafkaException(new Error(Code, Reason)));
    }

    public string Explain(string? topic) => Code switch
    {
        ErrorCode.TopicAuthorizationFailed =>
            $"The broker does not let this application write to topic '{topic}'. Grant Write and Describe on it to the user in {KafkaSettingNames.Username}.",
        ErrorCode.ClusterAuthorizationFailed or ErrorCode.TransactionalIdAuthorizationFailed =>
            $"The broker does not let this application publish idempotently. Grant IdempotentWrite on the cluster, or Write on the topic, to the user in {KafkaSettingNames.Username}.",
        ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge =>
            $"The broker refused a batch for topic '{topic}' as too large: its max.message.bytes was lowered. The new limit is used from now on.",
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition =>
            $"Topic '{topic}', or a partition of it, does not exist any more ({Reason}).",
        ErrorCode.InvalidRecord or ErrorCode.InvalidTimestamp =>
            $"The broker refused a record for topic '{topic}': {Reason}. Check cleanup.policy (compaction needs keys) and message.timestamp.before.max.ms and after.max.ms of the topic.",
        ErrorCode.Local_UnsupportedFeature =>
            $"The broker is too old to publish idempotently: Kafka 0.11 or newer is needed ({Reason}).",
        _ => $"Publishing to topic '{topic}' failed: {Reason}. It is tried again with a new producer.",
    };
}
