using System.Collections.Concurrent;
using KafkaFunctions.Kafka;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Worker.Catalog;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Provisioning;

/// <summary>At start, creates the missing topics that it may create and says which others are missing, until all are there.
/// On the embedded log it is done before the first trigger starts.</summary>
internal sealed partial class TopicProvisioner(
    FunctionCatalog catalog,
    ITopicClient topics,
    IRecordPublisher publisher,
    IConfiguration configuration,
    IOptions<TopicOptions> options,
    TimeProvider time,
    ILogger<TopicProvisioner> logger) : BackgroundService
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReminderInterval = TimeSpan.FromSeconds(30);

    /// <summary>A dead letter is its source record and some headers more.</summary>
    private const long DeadLetterHeadroom = 64 * 1024;

    /// <summary>Kafka's default limit of a record batch.</summary>
    private const long DefaultMaxRecordBytes = 1_048_588;

    private readonly ConcurrentDictionary<string, long> _told = new(StringComparer.Ordinal);
    private readonly ILogger<TopicProvisioner> _logger = logger;
    private readonly TopicCreation _creation = options.Value.CreateTopics
        ?? (KafkaConnection.IsEmbedded(configuration) || string.Equals(configuration["Demo:Enabled"], bool.TrueString, StringComparison.OrdinalIgnoreCase) ? TopicCreation.All : TopicCreation.DeadLetters);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (KafkaConnection.IsEmbedded(configuration))
        {
            var missing = await ProvisionAsync(RequiredTopic.Of(catalog), cancellationToken).ConfigureAwait(false);
            if (missing.Count == 0)
            {
                return;
            }
        }

        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var missing = RequiredTopic.Of(catalog);
        while (missing.Count > 0)
        {
            try
            {
                missing = await ProvisionAsync(missing, stoppingToken).ConfigureAwait(false);
            }
            catch (BrokerUnavailableException error)
            {
                if (IsTimeToTell(KafkaSettingNames.BrokerList))
                {
                    LogUnavailable(error.Message);
                }
            }

            if (missing.Count > 0)
            {
                await Task.Delay(CheckInterval, time, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    /// <returns>The topics that are still missing.</returns>
    private async Task<IReadOnlyList<RequiredTopic>> ProvisionAsync(IReadOnlyList<RequiredTopic> required, CancellationToken cancellationToken)
    {
        // A dead-letter topic takes its number of partitions from its source, which comes first.
        var missing = new List<RequiredTopic>();
        foreach (var wave in required.GroupBy(topic => topic.Source is not null).OrderBy(wave => wave.Key))
        {
            var found = await Task.WhenAll(wave.Select(async topic => (Topic: topic, IsThere: await ProvisionAsync(topic, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
            missing.AddRange(found.Where(entry => !entry.IsThere).Select(entry => entry.Topic));
        }

        return missing;
    }

    /// <returns>Whether the topic is there now.</returns>
    private async Task<bool> ProvisionAsync(RequiredTopic topic, CancellationToken cancellationToken)
    {
        try
        {
            if (await topics.FindAsync(topic.Name, cancellationToken).ConfigureAwait(false) is not null
                || await TryCreateAsync(topic, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }

            if (IsTimeToTell(topic.Name))
            {
                LogMissing(topic.Name, topic.Use, topic.Name);
            }
        }
        catch (Exception error) when (error is KafkaAccessException or PublishException or ArgumentException)
        {
            // Somebody has to act; the other topics do not wait for that.
            if (IsTimeToTell(topic.Name))
            {
                LogRefused(topic.Name, topic.Use, error.Message);
            }
        }

        return false;
    }

    /// <summary>Each thing is told when it is first met, then from time to time.</summary>
    private bool IsTimeToTell(string what)
    {
        if (_told.TryGetValue(what, out var last) && time.GetElapsedTime(last) < ReminderInterval)
        {
            return false;
        }

        _told[what] = time.GetTimestamp();
        return true;
    }

    private async Task<bool> TryCreateAsync(RequiredTopic topic, CancellationToken cancellationToken)
    {
        var source = topic.Source is null ? null : await topics.FindAsync(topic.Source, cancellationToken).ConfigureAwait(false);
        var mayCreate = _creation == TopicCreation.All || (_creation == TopicCreation.DeadLetters && source is not null);
        if (!mayCreate)
        {
            return false;
        }

        // Topics carry event time: kept by timestamp, old events would be deleted as they arrive.
        var specification = new TopicSpecification(topic.Name, source?.Partitions ?? options.Value.Partitions)
        {
            Retention = Timeout.InfiniteTimeSpan,
            MaxRecordBytes = topic.Source is null ? null : await SourceLimitAsync(source?.Name, cancellationToken).ConfigureAwait(false) + DeadLetterHeadroom,
        };
        if (await topics.CreateAsync(specification, cancellationToken).ConfigureAwait(false))
        {
            LogCreated(topic.Name, specification.Partitions, topic.Use);
        }

        return true;
    }

    /// <summary>A source that takes more than most does so for its dead letters, too.</summary>
    private async ValueTask<long> SourceLimitAsync(string? source, CancellationToken cancellationToken) => source is null
        ? DefaultMaxRecordBytes
        : Math.Max(DefaultMaxRecordBytes, await publisher.GetMaxRecordBytesAsync(source, cancellationToken).ConfigureAwait(false));
}
