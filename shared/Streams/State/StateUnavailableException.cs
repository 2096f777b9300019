namespace KafkaFunctions.Streams.State;

/// <summary>The state store does not answer, or throttles, for longer than a call waits. It passes: the batch is run again.</summary>
public sealed class StateUnavailableException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="store">The store.</param>
    /// <param name="message">What happened, and which setting to check if it lasts.</param>
    /// <param name="innerException">The client's own error.</param>
    public StateUnavailableException(string store, string message, Exception? innerException = null)
        : base(message, innerException) => Store = store;

    /// <summary>The store's name.</summary>
    public string Store { get; }
}
