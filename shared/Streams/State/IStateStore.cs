namespace KafkaFunctions.Streams.State;

/// <summary>The rows of one store. Safe for concurrent use, by any number of instances in any number of processes.</summary>
/// <remarks>
/// <para>A row is linearizable: a read sees every transaction that was acknowledged before it began, never half a row, and each row
/// as it was at some moment of the read. Rows that are read together may be from before and after a transaction that was written
/// meanwhile: a decision that needs several rows is made good by writing each with its ETag.</para>
/// <para>Calls retry passing trouble themselves, within limits, and then raise <see cref="StateUnavailableException"/>.</para>
/// </remarks>
public interface IStateStore
{
    /// <summary>The store's name.</summary>
    string Name { get; }

    /// <summary>Checks a row against the store's limits, without I/O.</summary>
    /// <param name="key">The row's key.</param>
    /// <param name="valueBytes">Size of its value.</param>
    /// <exception cref="StateRowTooLargeException">The key or the value exceeds a limit: it will never be stored.</exception>
    void Check(StateKey key, int valueBytes);

    /// <summary>Reads rows by key.</summary>
    /// <param name="bucket">Their bucket.</param>
    /// <param name="keys">The keys; any number, each once.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>By the index of the key; null where there is no row.</returns>
    /// <exception cref="StateUnavailableException">The store does not answer.</exception>
    /// <exception cref="StateAccessException">The store refuses the credentials or is not there.</exception>
    /// <exception cref="StateCorruptException">A row cannot be read.</exception>
    Task<IReadOnlyList<StateRow?>> ReadAsync(StateBucket bucket, IReadOnlyList<StateKey> keys, CancellationToken cancellationToken);

    /// <summary>Reads the rows of a range, in the order of their keys.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="range">Which keys.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    IAsyncEnumerable<StateRow> ScanAsync(StateBucket bucket, StateRange range, CancellationToken cancellationToken);

    /// <summary>Writes rows of one bucket in one atomic, durable transaction: all of them or, where one is not as it was read, none.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="writes">1 to <see cref="StateLimits.MaxRowsPerTransaction"/> rows, each once, of at most
    /// <see cref="StateLimits.MaxBytesPerTransaction"/> bytes together; each passes <see cref="Check"/>.</param>
    /// <param name="cancellationToken">Stops the wait; the transaction may still be carried out.</param>
    /// <returns>The new ETags by the index of the write; null for deleted rows.</returns>
    /// <exception cref="StateConflictException">A row is not as it was read: nothing was written. Also where an answer was lost
    /// and the transaction, repeated, meets its own first success: read again.</exception>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    Task<IReadOnlyList<string?>> WriteAsync(StateBucket bucket, IReadOnlyList<StateWrite> writes, CancellationToken cancellationToken);
}
