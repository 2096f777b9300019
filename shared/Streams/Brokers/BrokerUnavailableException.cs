namespace KafkaFunctions.Streams.Brokers;

/// <summary>The broker does not answer, or refuses the connection's credentials.</summary>
public sealed class BrokerUnavailableException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which broker, what it said, and which setting to check.</param>
    /// <param name="credentialsRefused">True where the broker answered and refused the credentials: waiting does not help.</param>
    /// <param name="innerException">The client's own error.</param>
    public BrokerUnavailableException(string message, bool credentialsRefused = false, Exception? innerException = null)
        : base(message, innerException) => CredentialsRefused = credentialsRefused;

    /// <summary>True where the broker refused the credentials.</summary>
    public bool CredentialsRefused { get; }
}
