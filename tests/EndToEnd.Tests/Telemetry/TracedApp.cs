using KafkaFunctions.EndToEnd.Tests.Pipelines;
using KafkaFunctions.TestSupport;
using KafkaFunctions.TestSupport.Otlp;

namespace KafkaFunctions.EndToEnd.Tests.Telemetry;

/// <summary>The app with a receiver of its telemetry. Started by the first test of a class.</summary>
/// <typeparam name="TPipeline">Where it runs.</typeparam>
public sealed class TracedApp<TPipeline> : ITracedApp, IAsyncDisposable
    where TPipeline : Pipeline, new()
{
    private readonly TPipeline _pipeline = new();

    // Windows of these tests must not be closed by other tests' records.
    private readonly RealKafka _kafka = new();
    private OtlpReceiver? _receiver;
    private Task? _started;

    public Pipeline Pipeline => _pipeline;

    public OtlpReceiver Receiver => _receiver!;

    public Task EnsureStartedAsync() => _started ??= StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _pipeline.DisposeAsync();
        await _kafka.DisposeAsync();
        if (_receiver is not null)
        {
            await _receiver.DisposeAsync();
        }
    }

    private async Task StartAsync()
    {
        _receiver = await OtlpReceiver.StartAsync();
        foreach (var (name, value) in _receiver.AppSettings)
        {
            _pipeline.Settings[name] = value;
        }

        _pipeline.Settings["OTEL_BSP_SCHEDULE_DELAY"] = "100";
        _pipeline.Settings["OTEL_SERVICE_NAME"] = "shop";
        _pipeline.Settings["Telemetry__LagInterval"] = "00:00:01";
        await _pipeline.EnsureStartedAsync(_kafka);
    }
}
