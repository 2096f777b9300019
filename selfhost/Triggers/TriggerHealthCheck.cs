using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KafkaFunctions.SelfHost.Triggers;

/// <summary>Ready once every trigger listens.</summary>
internal sealed class TriggerHealthCheck(TriggerHost triggers) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(triggers.AreRunning ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Triggers are not running."));
}
