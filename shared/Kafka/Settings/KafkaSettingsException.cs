using KafkaFunctions.Streams;

namespace KafkaFunctions.Kafka;

/// <summary>The settings that say how to reach Kafka are wrong. Holds every error found, not only the first.</summary>
public sealed class KafkaSettingsException : KafkaFunctionsException
{
    /// <summary>Creates the exception for one error.</summary>
    /// <param name="error">The setting, its value where that is no secret, and what is allowed.</param>
    /// <param name="innerException">The client's own error.</param>
    public KafkaSettingsException(string error, Exception? innerException = null)
        : base(error, innerException) => Errors = [error];

    /// <summary>Creates the exception for several errors.</summary>
    /// <param name="errors">For each the setting, its value where that is no secret, and what is allowed.</param>
    public KafkaSettingsException(IReadOnlyList<string> errors)
        : base(string.Join(Environment.NewLine, errors)) => Errors = errors;

    /// <summary>The errors, one per wrong setting.</summary>
    public IReadOnlyList<string> Errors { get; }
}
