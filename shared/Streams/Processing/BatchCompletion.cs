namespace KafkaFunctions.Streams.Processing;

/// <summary>What is left to do when the outputs of a stateful function's batch are published, in this order (design rule 5): look
/// at rows with several writers again until none has moved on, publish the results that no single record triggered, and then write the
/// progress. Not safe for concurrent use.</summary>
public sealed class BatchCompletion
{
    private readonly BatchRun _batch;

    internal BatchCompletion(BatchRun batch) => _batch = batch;

    /// <summary>Reads the published rows that other instances may have written in between (design rule 7).</summary>
    /// <returns>Their current values, to be published after ours; then look again. Null where none has moved on.</returns>
    /// <exception cref="State.StateUnavailableException">The store does not answer. Run the batch again.</exception>
    /// <exception cref="RetryRecordException">An operator behind the rows asks for another try. Run the batch again.</exception>
    public Task<StreamResult?> LookAgainAsync(CancellationToken cancellationToken = default) => _batch.LookAgainAsync(cancellationToken);

    /// <summary>The next results that no single record triggered: final results of windows, which wait in the store until they are
    /// published (design rule 6). What was returned before counts as published.</summary>
    /// <returns>Results to be published, in their order, before the method is called again; null where there are none, or no more.</returns>
    /// <exception cref="State.StateUnavailableException">The store does not answer. Run the batch again.</exception>
    /// <exception cref="RetryRecordException">An operator behind the rows asks for another try. Run the batch again.</exception>
    public Task<StreamResult?> DrainAsync(CancellationToken cancellationToken = default) => _batch.DrainAsync(cancellationToken);

    /// <summary>Writes that the batch is done. Only when every output and dead letter is acknowledged.</summary>
    /// <exception cref="State.StateUnavailableException">The store does not answer. Run the batch again.</exception>
    /// <exception cref="State.StateConflictException">Other instances keep writing the progress. Run the batch again.</exception>
    public Task CommitAsync(CancellationToken cancellationToken = default) => _batch.CommitAsync(cancellationToken);
}
