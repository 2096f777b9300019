using KafkaFunctions.Streams;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Worker.Catalog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KafkaFunctions.Worker.Health;

/// <summary>Ready while the storage of state answers, where a function of this process keeps state. Safe for concurrent use.</summary>
/// <param name="services">Open the storage only if it is needed.</param>
/// <param name="time">The clock.</param>
internal sealed class StateHealthCheck(IServiceProvider services, TimeProvider time) : IHealthCheck
{
    // Probes are open to everybody who reaches the host: the storage is asked once for all of them.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lazy<bool> _isNeeded = new(() => services.GetRequiredService<StoreCatalog>().Processors.Any(processor =>
        processor.Processor.IsStateful && services.GetRequiredService<FunctionCatalog>().Find(processor.Function) is not null));

    private readonly Lock _lock = new();
    private Task<HealthCheckResult>? _last;
    private long _askedAt;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_last is null || (_last.IsCompleted && time.GetElapsedTime(_askedAt) >= Freshness))
            {
                _askedAt = time.GetTimestamp();
                _last = Task.Run(AskAsync, CancellationToken.None);
            }

            return _last.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthCheckResult> AskAsync()
    {
        if (!_isNeeded.Value)
        {
            return HealthCheckResult.Healthy();
        }

        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await services.GetRequiredService<IStateStorage>().ListAsync(patience.Token).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (KafkaFunctionsException error)
        {
            return HealthCheckResult.Unhealthy(error.Message);
        }
        catch (OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"The storage of state has not answered within {Patience.TotalSeconds:F0} s.");
        }
    }
}
