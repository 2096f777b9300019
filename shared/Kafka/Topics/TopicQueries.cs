using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace KafkaFunctions.Kafka;

/// <summary>The two questions about one topic that publisher and topic client share. Neither creates it.</summary>
internal static class TopicQueries
{
    /// <returns>The number of partitions; null where the topic does not exist.</returns>
    /// <exception cref="KafkaAccessException">The user may not see the topic.</exception>
    public static async Task<int?> PartitionsAsync(this AdminCalls calls, string topic, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await calls.AskAsync(
                (admin, timeout) => admin.DescribeTopicsAsync(
                    TopicCollection.OfTopicNames([topic]), new DescribeTopicsOptions { RequestTimeout = timeout }),
                cancellationToken).ConfigureAwait(false);
            return answer.TopicDescriptions[0].Partitions.Count;
        }
        catch (DescribeTopicsException exception)
        {
            var error = exception.Results.TopicDescriptions[0].Error;
            return error.Code switch
            {
                ErrorCode.UnknownTopicOrPart or ErrorCode.TopicException => null,
                ErrorCode.TopicAuthorizationFailed => throw new KafkaAccessException(topic, "Describe", exception),
                _ => throw new KafkaException(error, exception),
            };
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
