namespace KafkaFunctions.Streams.Brokers.Consuming;

/// <summary>
/// Reads a topic as a member of a consumer group, at least once: an offset is committed only when the batch that covers it is
/// done. Partitions run in parallel, each in order. A partition that is taken away finishes the batch in hand, commits, and only
/// then is let go; one that was lost is cancelled and commits nothing.
/// </summary>
/// <remarks><see cref="Prepare"/>, <see cref="Start"/> and <see cref="StopAsync"/> are called once each at most, in this order.</remarks>
public interface IGroupConsumer : IAsyncDisposable
{
    /// <summary>Whether the group has given this member its partitions, be it none. Safe for concurrent use.</summary>
    bool IsReady { get; }

    /// <summary>Connects ahead of the start, which is sooner then; the group hears nothing of it, and nobody of errors.</summary>
    void Prepare()
    {
    }

    /// <summary>Joins the group and starts reading.</summary>
    void Start();

    /// <summary>Stops reading, lets the batches in hand end, commits, and leaves the group.</summary>
    /// <param name="cancellationToken">Cancels the batches in hand instead of waiting for them.</param>
    Task StopAsync(CancellationToken cancellationToken);
}
