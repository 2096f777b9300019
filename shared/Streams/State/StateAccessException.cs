namespace KafkaFunctions.Streams.State;

/// <summary>The state store refuses the credentials, or a table that was there is gone. Waiting does not help.</summary>
public sealed class StateAccessException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="store">The store; null where it is about the whole storage.</param>
    /// <param name="message">What happened, naming the setting and the fix.</param>
    /// <param name="innerException">The client's own error.</param>
    public StateAccessException(string? store, string message, Exception? innerException = null)
        : base(message, innerException) => Store = store;

    /// <summary>The store's name; null where it is about the whole storage.</summary>
    public string? Store { get; }
}
