using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Kafka;

/// <summary>Finds what the broker would refuse for ever, before anything is sent: a refusal in the middle of a batch stops the
/// producer, and trying again would never end.</summary>
internal static class TopicRules
{
    /// <exception cref="RecordTooLargeException">A record is too large.</exception>
    /// <exception cref="RecordRefusedException">A record breaks another rule of the topic.</exception>
    public static void Check(string topic, TopicFacts facts, IReadOnlyList<OutputRecord> records, DateTimeOffset now)
    {
        var oldest = facts.MaxAge is { } age ? Milliseconds(now, -age) : long.MinValue;
        var newest = facts.MaxAhead is { } ahead ? Milliseconds(now, ahead) : long.MaxValue;
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            var size = RecordSize.Of(record);
            if (size > facts.MaxRecordBytes)
            {
                throw new RecordTooLargeException(topic, size, facts.MaxRecordBytes);
            }

            if (facts.NeedsKey && record.Key is null)
            {
                throw new RecordRefusedException(topic, i, "it has no key, which cleanup.policy=compact needs. Give it one, or change the policy");
            }

            if (record.Timestamp != InputRecord.NoTimestamp && (record.Timestamp < oldest || record.Timestamp > newest))
            {
                throw new RecordRefusedException(topic, i, $"its timestamp {record.Timestamp} lies too far from now. "
                    + "Raise message.timestamp.before.max.ms or message.timestamp.after.max.ms of the topic");
            }
        }
    }

    private static long Milliseconds(DateTimeOffset now, TimeSpan distance) =>
        now.ToUnixTimeMilliseconds() + (long)distance.TotalMilliseconds;
}
