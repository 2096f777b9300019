using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KafkaFunctions.SelfHost.Triggers;

/// <summary>Ready once every trigger listens and has what it listens to.</summary>
internal sealed class TriggerHealthCheck(TriggerHost triggers) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var waiting = string.Join(", ", triggers.Waiting);
        return Task.FromResult(
            !triggers.AreRunning ? HealthCheckResult.Unhealthy("Triggers are not running.")
            : waiting.Length > 0 ? HealthCheckResult.Unhealthy($"Waiting for their topics or partitions: {waiting}.")
            : HealthCheckResult.Healthy());
    }
}
