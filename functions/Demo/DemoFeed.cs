using KafkaFunctions.Streams;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.App.Demo;

/// <summary>Feeds the pipelines with lines of a made-up site, as if they were just written.</summary>
internal sealed partial class DemoFeed(
    IRecordPublisher publisher, IOptions<DemoOptions> options, TimeProvider time, ILogger<DemoFeed> logger) : BackgroundService
{
    /// <summary>How often lines are published.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a failed publish waits for its next try.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    // After an outage the feed goes on at its rate rather than making up for the time lost.
    private const double MaxBehindSeconds = 1;
    private const int MaxBatch = 1000;

    // Every so many lines are events for the filter as well, come with a record of another kind, or come late.
    private const int EventEvery = 4;
    private const int OtherEvery = 5;
    private const int LateEvery = 200;

    // Later than the windows of page views wait.
    private static readonly TimeSpan Lateness = TimeSpan.FromMinutes(10);

    private readonly AccessLogGenerator _generator = new(options.Value.Seed);
    private readonly ShopRecords _others = new(options.Value.Seed);
    private long _lines;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rate = options.Value.Rate;
        if (rate == 0)
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await PublishAsync(MaxBatch, stoppingToken);
            }

            return;
        }

        using var timer = new PeriodicTimer(Tick, time);
        var last = time.GetTimestamp();
        var owed = 0.0;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = time.GetTimestamp();
            owed += rate * Math.Min(time.GetElapsedTime(last, now).TotalSeconds, MaxBehindSeconds);
            last = now;
            while (owed >= 1)
            {
                var count = (int)Math.Min(MaxBatch, owed);
                await PublishAsync(count, stoppingToken);
                owed -= count;
            }
        }
    }

    private async Task PublishAsync(int count, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var lines = new List<OutputRecord>(count);
        var others = new List<(string Topic, OutputRecord Record)>();
        for (var i = 0; i < count; i++)
        {
            var line = _generator.Next(++_lines % LateEvery == 0 ? now - Lateness : now);
            lines.Add(new OutputRecord(line.Key, line.Line));
            if (_lines % EventEvery == 0)
            {
                others.Add((Topics.Input, new OutputRecord(line.Key, line.Line)));
            }

            if (_lines % OtherEvery == 0)
            {
                others.Add(_others.Next(now));
            }
        }

        await PublishAsync(Topics.WebLogs, lines, cancellationToken);
        await Task.WhenAll(others.GroupBy(other => other.Topic, other => other.Record).Select(topic => PublishAsync(topic.Key, [.. topic], cancellationToken)));
    }

    private async Task PublishAsync(string topic, List<OutputRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
        {
            return;
        }

        for (var failures = 0; ; failures++)
        {
            try
            {
                await publisher.PublishAsync(topic, records, cancellationToken);
                if (failures > 0)
                {
                    LogRecovered(topic);
                }

                return;
            }
            catch (KafkaFunctionsException exception)
            {
                if (failures == 0)
                {
                    LogFailed(topic, exception);
                }
            }

            await Task.Delay(RetryDelay, time, cancellationToken);
        }
    }

    [LoggerMessage(7101, LogLevel.Warning, "Demo lines cannot be published to topic {Topic}; the demo keeps trying.")]
    private partial void LogFailed(string topic, Exception exception);

    [LoggerMessage(7102, LogLevel.Information, "Demo lines are published to topic {Topic} again.")]
    private partial void LogRecovered(string topic);
}
