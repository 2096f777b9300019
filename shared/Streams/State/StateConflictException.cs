namespace KafkaFunctions.Streams.State;

/// <summary>A row is not as it was read: another instance has written it. Nothing was written; read again and decide anew.</summary>
public sealed class StateConflictException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="store">The store.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The first such row of the transaction, where the store tells which.</param>
    /// <param name="innerException">The client's own error.</param>
    public StateConflictException(string store, StateBucket bucket, StateKey? key, Exception? innerException = null)
        : base($"Row {key?.ToString() ?? "(one of the transaction)"} of bucket {bucket} of store '{store}' was written by another instance in the meantime.", innerException)
    {
        Store = store;
        Bucket = bucket;
        Key = key;
    }

    /// <summary>The store's name.</summary>
    public string Store { get; }

    /// <summary>The bucket.</summary>
    public StateBucket Bucket { get; }

    /// <summary>The first such row of the transaction; null where the store does not tell which.</summary>
    public StateKey? Key { get; }
}
