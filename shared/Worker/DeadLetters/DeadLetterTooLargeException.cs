using System.Globalization;
using KafkaFunctions.Streams;

namespace KafkaFunctions.Worker.DeadLetters;

/// <summary>A record can neither be processed nor kept as a dead letter. Its invocation fails, and is run again until the
/// dead-letter topic takes it: it is never skipped.</summary>
public sealed class DeadLetterTooLargeException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="topic">The dead-letter topic.</param>
    /// <param name="partition">Partition of the source record.</param>
    /// <param name="offset">Offset of the source record.</param>
    /// <param name="size">Size of the dead letter in bytes.</param>
    /// <param name="limit">The topic's limit in bytes.</param>
    public DeadLetterTooLargeException(string topic, int partition, long offset, long size, long limit)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The dead letter of offset {offset} in partition {partition} has {size} bytes, topic '{topic}' takes {limit}. Raise max.message.bytes of '{topic}' to at least {size}; its partition waits until then."))
    {
        Topic = topic;
        Partition = partition;
        Offset = offset;
        Size = size;
        Limit = limit;
    }

    /// <summary>The dead-letter topic.</summary>
    public string Topic { get; }

    /// <summary>Partition of the source record.</summary>
    public int Partition { get; }

    /// <summary>Offset of the source record.</summary>
    public long Offset { get; }

    /// <summary>Size of the dead letter in bytes.</summary>
    public long Size { get; }

    /// <summary>The topic's limit in bytes.</summary>
    public long Limit { get; }
}
