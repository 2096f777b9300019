using System.Globalization;
using Confluent.Kafka.Admin;

namespace KafkaFunctions.Kafka;

/// <summary>Reads <see cref="TopicFacts"/> from a topic's configuration.</summary>
internal static class TopicSettings
{
    public const string MaxMessageBytes = "max.message.bytes";
    public const string RetentionMs = "retention.ms";

    private const string CleanupPolicy = "cleanup.policy";
    private const string TimestampType = "message.timestamp.type";
    private const string TimestampBeforeMax = "message.timestamp.before.max.ms";
    private const string TimestampAfterMax = "message.timestamp.after.max.ms";

    public static TopicFacts Read(TopicFacts facts, IReadOnlyDictionary<string, ConfigEntryResult> entries)
    {
        var stampedByBroker = Text(entries, TimestampType) == "LogAppendTime";
        return facts with
        {
            MaxRecordBytes = Number(entries, MaxMessageBytes) ?? facts.MaxRecordBytes,
            NeedsKey = Text(entries, CleanupPolicy)?.Contains("compact", StringComparison.Ordinal) ?? false,
            MaxAge = stampedByBroker ? null : Distance(Number(entries, TimestampBeforeMax)),
            MaxAhead = stampedByBroker ? null : Distance(Number(entries, TimestampAfterMax)),
        };
    }

    private static string? Text(IReadOnlyDictionary<string, ConfigEntryResult> entries, string name) =>
        entries.TryGetValue(name, out var entry) ? entry.Value : null;

    private static long? Number(IReadOnlyDictionary<string, ConfigEntryResult> entries, string name) =>
        long.TryParse(Text(entries, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Kafka writes "no limit" as the largest long.</summary>
    private static TimeSpan? Distance(long? milliseconds) =>
        milliseconds is null || milliseconds >= (long)TimeSpan.MaxValue.TotalMilliseconds ? null : TimeSpan.FromMilliseconds(milliseconds.Value);
}
