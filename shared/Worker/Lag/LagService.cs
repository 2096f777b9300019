using System.Diagnostics.Metrics;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Worker.Catalog;
using KafkaFunctions.Worker.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Lag;

/// <summary>Shows the lag of every function as metrics. What cannot be read is not shown, rather than shown as it was.</summary>
internal sealed partial class LagService : BackgroundService
{
    // The start has more urgent things to ask of the broker.
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);

    private readonly LagReader _reader;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly ILogger<LagService> _logger;
    private readonly ObservableGauge<long> _lag;
    private volatile IReadOnlyList<LagReading> _readings = [];

    public LagService(
        FunctionCatalog catalog, ITopicClient topics, IOptions<TelemetryOptions> options, IMeterFactory meters, TimeProvider time, ILogger<LagService> logger)
    {
        _reader = new LagReader(catalog, topics);
        _interval = options.Value.LagInterval;
        _time = time;
        _logger = logger;
        var meter = meters.Create(WorkerTelemetry.Name);
        _lag = meter.CreateObservableGauge(
            "kafkafunctions.consumer.lag",
            () => _readings.Select(reading => new Measurement<long>(reading.Lag, reading.Tags)),
            "{record}",
            "Records that wait for the function, whether it runs or not.");
        _ = meter.CreateObservableGauge(
            "kafkafunctions.consumer.committed_offset",
            () => _readings.Where(reading => reading.Committed is not null).Select(reading => new Measurement<long>(reading.Committed ?? 0, reading.Tags)),
            "{offset}",
            "Offset of the next record that the function will read.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_interval == TimeSpan.Zero)
        {
            return;
        }

        try
        {
            await Task.Delay(_interval < FirstDelay ? _interval : FirstDelay, _time, stoppingToken).ConfigureAwait(false);
            while (true)
            {
                // Only for those who listen.
                if (_lag.Enabled)
                {
                    await ReadAsync(stoppingToken).ConfigureAwait(false);
                }

                await Task.Delay(_interval, _time, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (readings, error) = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            _readings = readings;
            if (error is not null)
            {
                LogUnknown(error.Message);
            }
        }
#pragma warning disable CA1031 // Metrics must not end the host; the functions themselves tell of their broker.
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _readings = [];
            LogUnknown(failed.Message);
        }
    }

    [LoggerMessage(EventId = 5701, Level = LogLevel.Debug, Message = "The lag of functions is not known now: {Reason}")]
    private partial void LogUnknown(string reason);
}
