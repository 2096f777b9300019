namespace KafkaFunctions.Streams.State;

/// <summary>A row exceeds a limit of the store and will never be stored: its record becomes a dead letter.</summary>
public sealed class StateRowTooLargeException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="store">The store.</param>
    /// <param name="key">The row's key.</param>
    /// <param name="what">What is too large: <c>key</c> or <c>value</c>.</param>
    /// <param name="size">Its size.</param>
    /// <param name="limit">The limit, in the same unit.</param>
    public StateRowTooLargeException(string store, StateKey key, string what, long size, long limit)
        : base($"A row's {what} of {size} is larger than store '{store}' takes ({limit}). Keep less per key, or a shorter key.")
    {
        Store = store;
        Key = key;
        Size = size;
        Limit = limit;
    }

    /// <summary>The store's name.</summary>
    public string Store { get; }

    /// <summary>The row's key.</summary>
    public StateKey Key { get; }

    /// <summary>The size of what is too large.</summary>
    public long Size { get; }

    /// <summary>The limit, in the same unit.</summary>
    public long Limit { get; }
}
