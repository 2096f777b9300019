using System.Diagnostics.Metrics;
using KafkaFunctions.Embedded.Appends;
using KafkaFunctions.Embedded.Groups;
using KafkaFunctions.Embedded.Records;
using KafkaFunctions.Embedded.Retention;
using KafkaFunctions.Embedded.Storage;
using KafkaFunctions.Embedded.Telemetry;
using KafkaFunctions.Embedded.Topics;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KafkaFunctions.Embedded;

/// <summary>Topics in a file (SQLite): what the platform uses where no broker is configured. Safe for concurrent use, and
/// several processes may open the same directory. What is acknowledged outlives a killed process.</summary>
/// <remarks>Reads do file I/O on the caller's thread; writes are done by one thread, many in one transaction. Every member
/// raises <see cref="EmbeddedLogException"/> where the file cannot be used, and <see cref="ObjectDisposedException"/> after
/// <see cref="Dispose"/>.</remarks>
public sealed partial class EmbeddedLog : IDisposable
{
    private const string Offsets = "SELECT number, start_offset, next_offset FROM partitions WHERE topic_id = ?1 ORDER BY number";
    private const string End = "SELECT next_offset FROM partitions WHERE id = ?1";
    private const string Committed = "SELECT partition_id, next_offset FROM committed_offsets WHERE consumer_group = ?1";

    private readonly EmbeddedLogOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly AppendSignals _signals = new();
    private readonly LogDatabase _database;
    private readonly ReadPool _readers;
    private readonly TopicCatalog _topics;
    private readonly ChangePoller _poller;
    private readonly WriteLoop _writer;
    private int _roundRobin;
    private int _disposed;

    private EmbeddedLog(LogDatabase database, EmbeddedLogOptions options, TimeProvider timeProvider, ILogger logger, IMeterFactory? meters)
    {
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
        _database = database;
        _readers = new ReadPool(database);
        _topics = new TopicCatalog(_readers);
        _poller = new ChangePoller(database, _signals, options.PollInterval, logger);
        var meter = EmbeddedTelemetry.MeterOf(meters);
        Messaging = new MessagingTelemetry(EmbeddedTelemetry.Source, meter, MessagingNames.Embedded);
        _writer = new WriteLoop(database, timeProvider, new FileInstruments(meter, FileInstruments.Log, database.FilePath), logger);
    }

    /// <summary>The directory of the files.</summary>
    public string DataDirectory => _database.Directory;

    /// <inheritdoc cref="LogDatabase.IsThere"/>
    internal bool IsThere => _database.IsThere;

    internal MessagingTelemetry Messaging { get; }

    /// <summary>Opens the log of a directory; creates it where it is missing.</summary>
    /// <param name="dataDirectory">The setting <c>DataDirectory</c>.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="timeProvider">Null for the system's clock.</param>
    /// <param name="logger">Null for no logs.</param>
    /// <param name="meters">Makes the meter <c>KafkaFunctions.Embedded</c>; null for one of its own.</param>
    /// <exception cref="EmbeddedLogException">The directory or the file cannot be used.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static EmbeddedLog Open(
        string dataDirectory, EmbeddedLogOptions? options = null, TimeProvider? timeProvider = null, ILogger? logger = null, IMeterFactory? meters = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(dataDirectory);
        options ??= new EmbeddedLogOptions();
        options.Validate();
        logger ??= NullLogger.Instance;
        var database = new LogDatabase(Path.GetFullPath(dataDirectory), options);
        database.Prepare();
        Opened(logger, database.FilePath);
        return new EmbeddedLog(database, options, timeProvider ?? TimeProvider.System, logger, meters);
    }

    /// <summary>All topics by name.</summary>
    public IReadOnlyList<TopicDescription> ListTopics() => [.. _topics.List().Select(Describe)];

    /// <summary>One topic; null where it does not exist.</summary>
    public TopicDescription? FindTopic(string topic) => _topics.Find(topic) is { } found ? Describe(found) : null;

    /// <summary>Creates a topic. Its <see cref="TopicSpecification.Retention"/> counts from the moment a record is appended.</summary>
    /// <returns>False where it existed already; it is left as it is.</returns>
    /// <exception cref="ArgumentException">The specification breaks a limit, or the name collides with another topic's.</exception>
    public async Task<bool> CreateTopicAsync(TopicSpecification specification, CancellationToken cancellationToken)
    {
        TopicRules.Check(specification);
        return await _writer.Enqueue(new CreateTopicOperation(specification)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The largest record that the topic takes, in bytes as counted by <see cref="RecordSize.Of"/>.</summary>
    /// <exception cref="TopicNotFoundException">The topic does not exist.</exception>
    public long GetMaxRecordBytes(string topic) => MaxRecordBytesOf(_topics.Get(topic));

    /// <summary>Appends records, each to the partition that its key says, else its identity, else in turn. All become visible
    /// at once, in order, and durable before the task ends; then each has its <see cref="OutputRecord.Position"/>.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="records">The records, in order.</param>
    /// <param name="cancellationToken">Stops the wait; the records may still become visible.</param>
    /// <exception cref="TopicNotFoundException">The topic does not exist; nothing was appended.</exception>
    /// <exception cref="RecordTooLargeException">A record is larger than the topic takes; nothing was appended.</exception>
    /// <exception cref="EmbeddedLogException">The file cannot be written; nothing was appended.</exception>
    public Task AppendAsync(string topic, IReadOnlyList<OutputRecord> records, CancellationToken cancellationToken)
    {
        var found = _topics.Get(topic);
        return AppendAsync(found, records, record => PartitionOf(record, found.PartitionIds.Count), cancellationToken);
    }

    /// <summary>Appends records to one partition, whatever their keys say; else as
    /// <see cref="AppendAsync(string, IReadOnlyList{OutputRecord}, CancellationToken)"/>.</summary>
    /// <exception cref="TopicNotFoundException">The topic or the partition does not exist; nothing was appended.</exception>
    /// <exception cref="RecordTooLargeException">A record is larger than the topic takes; nothing was appended.</exception>
    /// <exception cref="EmbeddedLogException">The file cannot be written; nothing was appended.</exception>
    public Task AppendAsync(string topic, int partition, IReadOnlyList<OutputRecord> records, CancellationToken cancellationToken)
    {
        _ = _topics.GetPartitionId(topic, partition);
        return AppendAsync(_topics.Get(topic), records, _ => partition, cancellationToken);
    }

    /// <summary>Reads a partition's records from an offset on, in order; the oldest kept where the offset is no longer kept.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="fromOffset">Offset of the first record wanted.</param>
    /// <param name="maxRecords">Most records.</param>
    /// <param name="maxBytes">Most bytes, about; the first record is read whatever its size.</param>
    /// <returns>The records; none at the end of the partition.</returns>
    /// <exception cref="TopicNotFoundException">The topic or the partition does not exist.</exception>
    public IReadOnlyList<InputRecord> Read(string topic, int partition, long fromOffset, int maxRecords, long maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fromOffset);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRecords, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        var partitionId = _topics.GetPartitionId(topic, partition);
        return _readers.Read(new PartitionRead(topic, partition, partitionId, fromOffset, maxRecords, maxBytes), PartitionRead.Read);
    }

    /// <summary>The range of offsets of every partition, by partition.</summary>
    /// <exception cref="TopicNotFoundException">The topic does not exist.</exception>
    public IReadOnlyList<PartitionOffsets> GetOffsets(string topic) => _readers.Read(_topics.Get(topic), static (session, found) =>
    {
        var offsets = new List<PartitionOffsets>(found.PartitionIds.Count);
        using var row = session.Query(Offsets, found.Id);
        while (row.Read())
        {
            offsets.Add(new PartitionOffsets(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2)));
        }

        return offsets;
    });

    /// <summary>Completes once the partition has a record at the offset or behind it: at once when this process appends it,
    /// within <see cref="EmbeddedLogOptions.PollInterval"/> when another one does.</summary>
    /// <exception cref="TopicNotFoundException">The topic or the partition does not exist.</exception>
    public Task WaitForAppendAsync(string topic, int partition, long offset, CancellationToken cancellationToken)
    {
        var partitionId = _topics.GetPartitionId(topic, partition);
        _poller.EnsureRunning();
        return _signals.Get(partitionId, () => ReadEnd(partitionId)).WaitAsync(offset, cancellationToken);
    }

    /// <summary>Sets a consumer group's offsets, all or none, whoever owns the group and whatever they were: for tools.
    /// Who processes records commits by its <see cref="GroupLease"/>.</summary>
    /// <exception cref="TopicNotFoundException">A topic or a partition does not exist; nothing was committed.</exception>
    public Task CommitAsync(string consumerGroup, IReadOnlyCollection<GroupOffset> offsets, CancellationToken cancellationToken) =>
        CommitOwnedAsync(consumerGroup, epoch: null, offsets, cancellationToken);

    /// <summary>What a consumer group has committed for every partition of a topic, by partition.</summary>
    /// <exception cref="TopicNotFoundException">The topic does not exist.</exception>
    public IReadOnlyList<CommittedOffset> GetCommitted(string consumerGroup, string topic)
    {
        var found = _topics.Get(topic);
        var committed = _readers.Read(consumerGroup, static (session, group) =>
        {
            var offsets = new Dictionary<long, long>();
            using var row = session.Query(Committed, group);
            while (row.Read())
            {
                offsets.Add(row.GetInt64(0), row.GetInt64(1));
            }

            return offsets;
        });
        return [.. found.PartitionIds.Select((id, number) => new CommittedOffset(number, committed.TryGetValue(id, out var offset) ? offset : null))];
    }

    /// <summary>Makes the caller the one owner of a consumer group, over all processes that use the directory.</summary>
    /// <returns>The lease; null while somebody else owns the group.</returns>
    public async Task<GroupLease?> TryAcquireGroupAsync(string consumerGroup, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(consumerGroup);
        var lockFile = TryLock(consumerGroup);
        if (lockFile is null)
        {
            return null;
        }

        try
        {
            var epoch = await _writer.Enqueue(new AcquireGroupOperation(consumerGroup)).WaitAsync(cancellationToken).ConfigureAwait(false);
            return new GroupLease(this, consumerGroup, lockFile, epoch);
        }
        catch
        {
            await lockFile.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Deletes records that are past their topic's retention or over <see cref="EmbeddedLogOptions.RetentionBytes"/>,
    /// oldest first, in batches as they were appended. The file does not shrink: its space is used again.</summary>
    /// <returns>Number of records deleted.</returns>
    public async Task<long> ApplyRetentionAsync(CancellationToken cancellationToken)
    {
        var deleted = 0L;
        foreach (var topic in _topics.List())
        {
            var limit = LimitOf(topic);
            foreach (var partitionId in topic.PartitionIds)
            {
                long step;
                do
                {
                    step = await _writer.Enqueue(new RetentionOperation(partitionId, limit)).WaitAsync(cancellationToken).ConfigureAwait(false);
                    deleted += step;
                }
                while (step > 0);
            }
        }

        RetentionApplied(deleted);
        return deleted;
    }

    /// <summary>Ends what is being written, then closes the files. Waits end with <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _writer.Dispose();
        _signals.Close();
        _poller.Dispose();
        _readers.Dispose();
    }

    internal async Task CommitOwnedAsync(
        string consumerGroup, long? epoch, IReadOnlyCollection<GroupOffset> offsets, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(consumerGroup);
        var rows = offsets.Select(offset => (_topics.GetPartitionId(offset.Topic, offset.Partition), offset.Offset)).ToList();
        await _writer.Enqueue(new CommitOffsetsOperation(consumerGroup, epoch, rows)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    internal async Task<bool> ForgetOwnedAsync(string consumerGroup, long epoch, CancellationToken cancellationToken) =>
        await _writer.Enqueue(new ForgetGroupOperation(consumerGroup, epoch)).WaitAsync(cancellationToken).ConfigureAwait(false) > 0;

    private async Task AppendAsync(
        Topic topic, IReadOnlyList<OutputRecord> records, Func<OutputRecord, int> partitionOf, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CheckSizes(topic, records);
        if (records.Count == 0)
        {
            return;
        }

        var operation = AppendOperation.Create(topic, _signals, records, partitionOf, _timeProvider.GetUtcNow().ToUnixTimeMilliseconds());
        var firstOffsets = await _writer.Enqueue(operation).WaitAsync(cancellationToken).ConfigureAwait(false);
        operation.SetPositions(firstOffsets);
    }

    private void CheckSizes(Topic topic, IReadOnlyList<OutputRecord> records)
    {
        var limit = MaxRecordBytesOf(topic);
        foreach (var record in records)
        {
            if (RecordSize.Of(record) is var size && size > limit)
            {
                throw new RecordTooLargeException(topic.Name, size, limit);
            }
        }
    }

    private int PartitionOf(OutputRecord record, int partitions) => (record.Key ?? record.Identity) is { } placedBy
        ? KeyPartitioner.PartitionOf(placedBy, partitions)
        : (Interlocked.Increment(ref _roundRobin) & int.MaxValue) % partitions;

    private RetentionLimit LimitOf(Topic topic)
    {
        var retention = topic.Retention ?? _options.Retention;
        var since = retention == Timeout.InfiniteTimeSpan ? (long?)null : (_timeProvider.GetUtcNow() - retention).ToUnixTimeMilliseconds();
        return new RetentionLimit(since, _options.RetentionBytes);
    }

    private FileStream? TryLock(string consumerGroup)
    {
        try
        {
            return GroupLockFile.TryLock(DataDirectory, consumerGroup);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw _database.Errors.Translate(error);
        }
    }

    private long ReadEnd(long partitionId) => _readers.Read(partitionId, static (session, id) =>
    {
        using var row = session.Query(End, id);
        return row.Read() ? row.GetInt64(0) : 0;
    });

    private long MaxRecordBytesOf(Topic topic) => topic.MaxRecordBytes ?? _options.MaxRecordBytes;

    private static TopicDescription Describe(Topic topic) => new(topic.Name, topic.PartitionIds.Count);

    [LoggerMessage(EventId = 4000, Level = LogLevel.Information, Message = "Embedded event log opened: {Path}")]
    private static partial void Opened(ILogger logger, string path);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Debug, Message = "Retention deleted {Records} records of the embedded event log")]
    private partial void RetentionApplied(long records);
}
