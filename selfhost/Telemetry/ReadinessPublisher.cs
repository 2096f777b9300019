using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KafkaFunctions.SelfHost.Telemetry;

/// <summary>Keeps the metric of what <c>/health/ready</c> answers.</summary>
internal sealed class ReadinessPublisher(HostInstruments instruments) : IHealthCheckPublisher
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    /// <summary>Sets how often the checks are asked.</summary>
    public static void Configure(HealthCheckPublisherOptions options)
    {
        options.Delay = Delay;
        options.Period = Period;
    }

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        instruments.ReadinessKnown(report.Status != HealthStatus.Unhealthy);
        return Task.CompletedTask;
    }
}
