using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Kafka;

/// <summary>Checks a topic's specification before the broker is asked.</summary>
internal static class TopicNames
{
    /// <exception cref="ArgumentException">It breaks a limit.</exception>
    public static void Check(TopicSpecification specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        if (specification.Name is "" or "." or ".." || specification.Name.Length > TopicSpecification.MaxNameLength || !specification.Name.All(IsAllowed))
        {
            throw new ArgumentException(
                $"'{specification.Name}' is no topic name. Use 1 to {TopicSpecification.MaxNameLength} letters, digits, '.', '_' or '-'.",
                nameof(specification));
        }

        if (specification.Partitions < 1)
        {
            throw new ArgumentException($"A topic has at least 1 partition, not {specification.Partitions}.", nameof(specification));
        }

        if (specification.Retention is { } retention && retention < TimeSpan.Zero && retention != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentException($"A topic cannot keep records for {retention}.", nameof(specification));
        }

        if (specification.MaxRecordBytes is < 0 or > int.MaxValue)
        {
            throw new ArgumentException($"The largest record cannot have {specification.MaxRecordBytes} bytes.", nameof(specification));
        }
    }

    private static bool IsAllowed(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-';
}
