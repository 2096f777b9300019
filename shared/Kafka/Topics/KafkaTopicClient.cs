using System.Collections.Concurrent;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using TopicDescription = KafkaFunctions.Streams.Brokers.TopicDescription;
using TopicSpecification = KafkaFunctions.Streams.Brokers.TopicSpecification;

namespace KafkaFunctions.Kafka;

/// <summary>Topics, offsets and records of a Kafka cluster, outside of consumer groups. Nothing here creates a topic but
/// <see cref="CreateAsync"/>.</summary>
/// <remarks>Beside the contract's exceptions, <see cref="KafkaAccessException"/> tells of a right that the user lacks.</remarks>
public sealed class KafkaTopicClient : ITopicClient
{
    // The broker's own default, since Kafka 2.4.
    private const short BrokersReplicationFactor = -1;

    // Confluent.Kafka insists on a name; nothing is ever stored under it.
    private const string NoGroup = "kafkafunctions-offsets";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Propagation = TimeSpan.FromSeconds(5);

    private readonly KafkaClientFactory _clients;
    private readonly AdminCalls _calls;

    private readonly ConcurrentDictionary<string, OffsetReader> _readers = new(StringComparer.Ordinal);

    /// <summary>Creates the client; nothing is connected yet.</summary>
    /// <param name="clients">Makes the Kafka clients; stays the caller's.</param>
    /// <param name="options">Limits; default <see cref="KafkaTopicClientOptions"/>'s own.</param>
    public KafkaTopicClient(KafkaClientFactory clients, KafkaTopicClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(clients);
        _clients = clients;
        _calls = new AdminCalls(clients, (options ?? new KafkaTopicClientOptions()).Timeout);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TopicDescription>> ListAsync(CancellationToken cancellationToken)
    {
        var metadata = await _calls.AskBlockingAsync(static (admin, timeout) => admin.GetMetadata(timeout), cancellationToken).ConfigureAwait(false);
        return [.. metadata.Topics
            .Where(topic => !topic.Topic.StartsWith("__", StringComparison.Ordinal))
            .OrderBy(topic => topic.Topic, StringComparer.Ordinal)
            .Select(topic => new TopicDescription(topic.Topic, topic.Partitions.Count))];
    }

    /// <inheritdoc/>
    /// <exception cref="KafkaAccessException">The user may not see the topic.</exception>
    public async Task<TopicDescription?> FindAsync(string topic, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        return await _calls.PartitionsAsync(topic, cancellationToken).ConfigureAwait(false) is { } partitions
            ? new TopicDescription(topic, partitions)
            : null;
    }

    /// <inheritdoc/>
    /// <exception cref="KafkaAccessException">The user may not create it.</exception>
    public async Task<bool> CreateAsync(TopicSpecification specification, CancellationToken cancellationToken)
    {
        var topic = SpecificationOf(specification);
        try
        {
            await _calls.AskAsync(
                async (admin, timeout) =>
                {
                    await admin.CreateTopicsAsync([topic], new CreateTopicsOptions { RequestTimeout = timeout, OperationTimeout = timeout })
                        .ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (CreateTopicsException exception)
        {
            var error = exception.Results[0].Error;
            return error.Code switch
            {
                ErrorCode.TopicAlreadyExists => false,
                ErrorCode.TopicAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed =>
                    throw new KafkaAccessException(specification.Name, "Create", exception),
                ErrorCode.Local_TimedOut or ErrorCode.RequestTimedOut =>
                    throw new BrokerUnavailableException($"The broker did not create topic '{specification.Name}' in time: {error.Reason}. Look whether it exists and try again.", innerException: exception),
                _ => throw new ArgumentException($"The broker refuses topic '{specification.Name}': {error.Reason}.", nameof(specification), exception),
            };
        }

        await WaitUntilVisibleAsync(specification.Name, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PartitionOffsets>> GetOffsetsAsync(string topic, CancellationToken cancellationToken)
    {
        var partitions = await PartitionsOfAsync(topic, cancellationToken).ConfigureAwait(false);
        var offsets = new PartitionOffsets[partitions];
        await RetryWhileElectingAsync(
            () => _calls.AskAsync(
                (_, timeout) => ReaderOf(NoGroup).AskAsync(
                    reader =>
                    {
                        for (var partition = 0; partition < partitions; partition++)
                        {
                            var range = reader.QueryWatermarkOffsets(new TopicPartition(topic, partition), timeout);
                            offsets[partition] = new PartitionOffsets(partition, range.Low, range.High);
                        }

                        return true;
                    },
                    cancellationToken),
                cancellationToken),
            topic,
            cancellationToken).ConfigureAwait(false);
        return offsets;
    }

    /// <inheritdoc/>
    /// <exception cref="KafkaAccessException">The user may not see the group.</exception>
    public async Task<IReadOnlyList<CommittedOffset>> GetCommittedAsync(string consumerGroup, string topic, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(consumerGroup);
        var count = await PartitionsOfAsync(topic, cancellationToken).ConfigureAwait(false);
        List<TopicPartition> partitions = [.. Enumerable.Range(0, count).Select(p => new TopicPartition(topic, p))];
        var committed = new long?[count];
        await RetryWhileElectingAsync(
            async () =>
            {
                var answer = await _calls.AskAsync(
                    (_, timeout) => ReaderOf(consumerGroup).AskAsync(reader => reader.Committed(partitions, timeout), cancellationToken),
                    cancellationToken).ConfigureAwait(false);
                foreach (var partition in answer)
                {
                    committed[partition.Partition] = partition.Offset.IsSpecial ? null : partition.Offset.Value;
                }
            },
            consumerGroup,
            cancellationToken).ConfigureAwait(false);
        return [.. committed.Select((offset, partition) => new CommittedOffset(partition, offset))];
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<InputRecord> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new TopicReader(_clients, this, request).ReadAsync(cancellationToken);
    }

    /// <summary>Closes what was opened for offsets; other connections belong to the factory.</summary>
    public ValueTask DisposeAsync()
    {
        foreach (var reader in _readers.Values)
        {
            reader.Dispose();
        }

        _readers.Clear();
        return ValueTask.CompletedTask;
    }

    private OffsetReader ReaderOf(string consumerGroup) => _readers.GetOrAdd(consumerGroup, group => new OffsetReader(_clients, group));

    private static Confluent.Kafka.Admin.TopicSpecification SpecificationOf(TopicSpecification specification)
    {
        TopicNames.Check(specification);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        if (specification.Retention is { } retention)
        {
            settings[TopicSettings.RetentionMs] = retention == Timeout.InfiniteTimeSpan ? "-1" : $"{(long)retention.TotalMilliseconds}";
        }

        if (specification.MaxRecordBytes is { } limit)
        {
            settings[TopicSettings.MaxMessageBytes] = $"{limit}";
        }

        return new Confluent.Kafka.Admin.TopicSpecification
        {
            Name = specification.Name,
            NumPartitions = specification.Partitions,
            ReplicationFactor = BrokersReplicationFactor,
            Configs = settings,
        };
    }

    private async Task<int> PartitionsOfAsync(string topic, CancellationToken cancellationToken) =>
        await FindAsync(topic, cancellationToken).ConfigureAwait(false) is { } found ? found.Partitions : throw new TopicNotFoundException(topic);

    /// <summary>Repeats a question while partitions have no leader, or a group no coordinator, which passes in a moment.</summary>
    private async Task RetryWhileElectingAsync(Func<Task> ask, string resource, CancellationToken cancellationToken)
    {
        var start = _clients.Time.GetTimestamp();
        while (true)
        {
            try
            {
                await ask().ConfigureAwait(false);
                return;
            }
            catch (KafkaException exception)
            {
                var error = ErrorIn(exception);
                if (error.Code is ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed)
                {
                    throw new KafkaAccessException(resource, "Describe", exception);
                }

                if (_clients.Time.GetElapsedTime(start) >= _calls.Timeout)
                {
                    throw new BrokerUnavailableException($"The broker could not answer for '{resource}': {error.Reason}. Look at the broker's state and try again.", innerException: exception);
                }
            }

            await Task.Delay(BetweenLooks, _clients.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Error ErrorIn(KafkaException exception) => exception switch
    {
        TopicPartitionOffsetException offsets => offsets.Results.Select(result => result.Error).FirstOrDefault(e => e.IsError, exception.Error),
        _ => exception.Error,
    };

    /// <summary>A broker learns of a new topic a moment after the controller created it.</summary>
    private async Task WaitUntilVisibleAsync(string topic, CancellationToken cancellationToken)
    {
        var start = _clients.Time.GetTimestamp();
        while (_clients.Time.GetElapsedTime(start) < Propagation
            && await FindAsync(topic, cancellationToken).ConfigureAwait(false) is null)
        {
            await Task.Delay(BetweenLooks, _clients.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
