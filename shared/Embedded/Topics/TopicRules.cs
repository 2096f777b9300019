using System.Buffers;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Embedded.Topics;

/// <summary>What Kafka allows a topic to be. Source: <c>org.apache.kafka.common.internals.Topic</c>.</summary>
internal static class TopicRules
{
    // Every partition is a row that waiting readers look at.
    private const int MaxPartitions = 10_000;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <exception cref="ArgumentException">The specification breaks a rule.</exception>
    public static void Check(TopicSpecification specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        CheckName(specification.Name);
        if (specification.Partitions is < 1 or > MaxPartitions)
        {
            throw Broken(specification, $"it needs 1 to {MaxPartitions} partitions, not {specification.Partitions}");
        }

        if (specification.MaxRecordBytes is < 0 or > EmbeddedLogOptions.LargestMaxRecordBytes)
        {
            throw Broken(specification, $"{nameof(specification.MaxRecordBytes)} must be from 0 to {EmbeddedLogOptions.LargestMaxRecordBytes}");
        }

        if (specification.Retention is { } retention && retention < TimeSpan.Zero && retention != Timeout.InfiniteTimeSpan)
        {
            throw Broken(specification, $"{nameof(specification.Retention)} must not be negative");
        }
    }

    /// <summary>Kafka takes '.' and '_' for the same: its metrics' names do.</summary>
    public static bool Collide(string name, string other) => name.Replace('.', '_') == other.Replace('.', '_');

    private static void CheckName(string name)
    {
        if (name is null or "" or "." or "..")
        {
            throw new ArgumentException($"'{name}' is no topic name: it must not be empty, '.' or '..'.", nameof(name));
        }

        if (name.Length > TopicSpecification.MaxNameLength)
        {
            throw new ArgumentException(
                $"Topic '{name}' has a name of {name.Length} characters; at most {TopicSpecification.MaxNameLength} are allowed.", nameof(name));
        }

        if (name.AsSpan().IndexOfAnyExcept(NameCharacters) is var index and >= 0)
        {
            throw new ArgumentException(
                $"'{name}' is no topic name: character {index + 1} is none of the letters a to z, digits, '.', '_' and '-'.", nameof(name));
        }
    }

    private static ArgumentException Broken(TopicSpecification specification, string rule) =>
        new($"Topic '{specification.Name}' cannot be created: {rule}.", nameof(specification));
}
