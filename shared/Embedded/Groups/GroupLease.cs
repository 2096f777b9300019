using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Embedded;

/// <summary>Ownership of a consumer group: while it is held, no other process gets the group. Disposing it, or the end of the
/// process, gives it back. Safe for concurrent use.</summary>
public sealed class GroupLease : IDisposable
{
    private readonly EmbeddedLog _log;
    private readonly FileStream _lock;
    private readonly long _epoch;
    private volatile bool _disposed;

    internal GroupLease(EmbeddedLog log, string consumerGroup, FileStream lockFile, long epoch)
    {
        _log = log;
        _lock = lockFile;
        _epoch = epoch;
        ConsumerGroup = consumerGroup;
    }

    /// <summary>The consumer group.</summary>
    public string ConsumerGroup { get; }

    /// <summary>Sets the group's offsets, all or none, as <see cref="EmbeddedLog.CommitAsync"/> does, but only while the lease
    /// holds.</summary>
    /// <exception cref="GroupLeaseLostException">The lease was disposed, or somebody acquired the group since; nothing was committed.</exception>
    /// <exception cref="TopicNotFoundException">A topic or a partition does not exist; nothing was committed.</exception>
    /// <exception cref="EmbeddedLogException">The file cannot be written; nothing was committed.</exception>
    public Task CommitAsync(IReadOnlyCollection<GroupOffset> offsets, CancellationToken cancellationToken) =>
        _disposed
            ? Task.FromException(new GroupLeaseLostException(ConsumerGroup))
            : _log.CommitOwnedAsync(ConsumerGroup, _epoch, offsets, cancellationToken);

    /// <summary>Deletes the group's offsets, of all topics.</summary>
    /// <returns>Whether there were any.</returns>
    /// <exception cref="GroupLeaseLostException">The lease was disposed, or somebody acquired the group since; nothing was deleted.</exception>
    /// <exception cref="EmbeddedLogException">The file cannot be written; nothing was deleted.</exception>
    public Task<bool> ForgetAsync(CancellationToken cancellationToken) =>
        _disposed
            ? Task.FromException<bool>(new GroupLeaseLostException(ConsumerGroup))
            : _log.ForgetOwnedAsync(ConsumerGroup, _epoch, cancellationToken);

    /// <summary>Gives the group back. Commits that were begun before may still succeed while nobody else has taken it.</summary>
    public void Dispose()
    {
        _disposed = true;
        _lock.Dispose();
    }
}
