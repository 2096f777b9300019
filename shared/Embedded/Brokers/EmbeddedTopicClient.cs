using System.Runtime.CompilerServices;
using KafkaFunctions.Embedded.Brokers;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Embedded;

/// <summary>Topics of an <see cref="EmbeddedLog"/>, which it does not own: disposing the client leaves the log open.</summary>
/// <param name="log">The log.</param>
/// <remarks>Every member raises <see cref="EmbeddedLogException"/> where the log's file cannot be used.</remarks>
public sealed class EmbeddedTopicClient(EmbeddedLog log) : ITopicClient
{
    private const int MaxRecords = 1_000;
    private const long MaxBytes = 4L * 1024 * 1024;

    /// <inheritdoc/>
    public Task<IReadOnlyList<TopicDescription>> ListAsync(CancellationToken cancellationToken) =>
        Task.Run(log.ListTopics, cancellationToken);

    /// <inheritdoc/>
    public Task<TopicDescription?> FindAsync(string topic, CancellationToken cancellationToken) =>
        Task.Run(() => log.FindTopic(topic), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> CreateAsync(TopicSpecification specification, CancellationToken cancellationToken) =>
        log.CreateTopicAsync(specification, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PartitionOffsets>> GetOffsetsAsync(string topic, CancellationToken cancellationToken) =>
        Task.Run(() => log.GetOffsets(topic), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CommittedOffset>> GetCommittedAsync(string consumerGroup, string topic, CancellationToken cancellationToken) =>
        Task.Run(() => log.GetCommitted(consumerGroup, topic), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<InputRecord> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var cursors = CursorsOf(request);
        do
        {
            foreach (var cursor in cursors)
            {
                IReadOnlyList<InputRecord> records;
                do
                {
                    records = ReadNext(request, cursor);
                    foreach (var record in records)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        yield return record;
                    }
                }
                // One partition to its end, then the next; a follower takes turns, or a busy partition would hide the others.
                while (records.Count > 0 && !request.Follow);
            }
        }
        while (request.Follow && await WaitForAnyAsync(request.Topic, cursors, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Does nothing: the log belongs to its opener.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private List<ReadCursor> CursorsOf(ReadRequest request)
    {
        var partitions = log.GetOffsets(request.Topic).Where(offsets => request.Partition is null || offsets.Partition == request.Partition);
        var cursors = partitions.Select(offsets => new ReadCursor(offsets, request)).ToList();
        return cursors.Count > 0 ? cursors : throw new TopicNotFoundException(
            request.Topic, new ArgumentOutOfRangeException(nameof(request), request.Partition, "The topic has no such partition."));
    }

    private IReadOnlyList<InputRecord> ReadNext(ReadRequest request, ReadCursor cursor)
    {
        if (cursor.IsAtEnd)
        {
            return [];
        }

        var records = log.Read(request.Topic, cursor.Partition, cursor.Next, cursor.MostRecords(MaxRecords), MaxBytes);
        return cursor.Advance(records);
    }

    private async Task<bool> WaitForAnyAsync(string topic, List<ReadCursor> cursors, CancellationToken cancellationToken)
    {
        using var others = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waits = cursors.ConvertAll(cursor => log.WaitForAppendAsync(topic, cursor.Partition, cursor.Next, others.Token));
        await (await Task.WhenAny(waits).ConfigureAwait(false)).ConfigureAwait(false);
        await others.CancelAsync().ConfigureAwait(false);
        return true;
    }
}
