using KafkaFunctions.Streams;

namespace KafkaFunctions.Kafka;

/// <summary>The broker knows the user and does not allow what was asked for.</summary>
public sealed class KafkaAccessException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="resource">The topic or consumer group.</param>
    /// <param name="right">The right that is missing, as Kafka calls it.</param>
    /// <param name="innerException">The client's own error.</param>
    public KafkaAccessException(string resource, string right, Exception? innerException = null)
        : base($"The broker does not allow it: {right} on '{resource}' is missing. Grant it to the user in {KafkaSettingNames.Username}.", innerException)
    {
        Resource = resource;
        Right = right;
    }

    /// <summary>The topic or consumer group.</summary>
    public string Resource { get; }

    /// <summary>The right that is missing.</summary>
    public string Right { get; }
}
