using Confluent.Kafka;
using Confluent.Kafka.Admin;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Kafka;

/// <summary>The two questions about one topic that publisher and topic client share. Neither creates it.</summary>
internal static class TopicQueries
{
    /// <returns>The number of partitions; null where the topic does not exist.</returns>
    /// <exception cref="KafkaAccessException">The user may not see the topic.</exception>
    /// <exception cref="BrokerUnavailableException">No broker answers, or what answers is none.</exception>
    public static async Task<int?> PartitionsAsync(this AdminCalls calls, string topic, CancellationToken cancellationToken)
    {
        // Not DescribeTopics: its answer while brokers are away makes Confluent.Kafka's administrative client destroy itself.
        var metadata = await MetadataAsync(calls, topic, cancellationToken).ConfigureAwait(false);
        var found = metadata.Topics.Find(each => each.Topic == topic);
        return found?.Error.Code switch
        {
            null or ErrorCode.UnknownTopicOrPart or ErrorCode.TopicException => null,
            ErrorCode.NoError or ErrorCode.LeaderNotAvailable => found.Partitions.Count,
            ErrorCode.TopicAuthorizationFailed => throw new KafkaAccessException(topic, "Describe", new KafkaException(found.Error)),
            _ => throw new KafkaException(found.Error),
        };
    }

    private static async Task<Metadata> MetadataAsync(AdminCalls calls, string topic, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.AskBlockingAsync((admin, timeout) => admin.GetMetadata(topic, timeout), cancellationToken).ConfigureAwait(false);
        }
        catch (KafkaException wrong) when (wrong.Error.Code == ErrorCode.Local_UnsupportedFeature)
        {
            throw new BrokerUnavailableException(
                $"What answers at {calls.Servers} is no Kafka broker, or a very old one. Check {KafkaSettingNames.BrokerList}.", innerException: wrong);
        }
    }

    /// <summary>Adds what the topic's configuration says; where the broker does not tell, Kafka's defaults.</summary>
    public static async Task<TopicFacts> WithSettingsAsync(this AdminCalls calls, string topic, TopicFacts facts, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await calls.AskAsync(
                (admin, timeout) => admin.DescribeConfigsAsync(
                    [new ConfigResource { Type = ResourceType.Topic, Name = topic }], new DescribeConfigsOptions { RequestTimeout = timeout }),
                cancellationToken).ConfigureAwait(false);
            return TopicSettings.Read(facts, answer[0].Entries);
        }
        catch (KafkaException)
        {
            // Not authorised, not supported (some hosted services), or the topic has just gone.
            return facts;
        }
    }
}
