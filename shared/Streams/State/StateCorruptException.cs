namespace KafkaFunctions.Streams.State;

/// <summary>A stored row cannot be read: damaged, of a newer format, or not this store's. It is left as it is.</summary>
public sealed class StateCorruptException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="store">The store.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The row.</param>
    /// <param name="reason">What is wrong and what to do, as a sentence with its full stop.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public StateCorruptException(string store, StateBucket bucket, StateKey key, string reason, Exception? innerException = null)
        : base($"Row {key} of bucket {bucket} of store '{store}' cannot be read: {reason}", innerException)
    {
        Store = store;
        Bucket = bucket;
        Key = key;
    }

    /// <summary>The store's name.</summary>
    public string Store { get; }

    /// <summary>The bucket.</summary>
    public StateBucket Bucket { get; }

    /// <summary>The row's key.</summary>
    public StateKey Key { get; }
}
