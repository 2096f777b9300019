namespace KafkaFunctions.Streams.State;

/// <summary>A store is not what the function takes it for: another function's, of another kind, or with another number of
/// buckets. Nothing was written.</summary>
public sealed class StoreMismatchException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="store">The store.</param>
    /// <param name="owner">The application and function whose store it is.</param>
    /// <param name="message">What differs and how to mend it.</param>
    public StoreMismatchException(string store, string owner, string message)
        : base(message)
    {
        Store = store;
        Owner = owner;
    }

    /// <summary>The store's name.</summary>
    public string Store { get; }

    /// <summary>The application and function whose store it is.</summary>
    public string Owner { get; }
}
