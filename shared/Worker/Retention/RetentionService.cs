using KafkaFunctions.Embedded;
using KafkaFunctions.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Worker.Retention;

/// <summary>Lets the embedded log drop what its topics need not keep; a broker does that itself.</summary>
internal sealed partial class RetentionService(
    IServiceProvider services,
    IConfiguration configuration,
    TimeProvider time,
    ILogger<RetentionService> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly ILogger<RetentionService> _logger = logger;

    public override Task StartAsync(CancellationToken cancellationToken) =>
        KafkaConnection.IsEmbedded(configuration) ? base.StartAsync(cancellationToken) : Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var log = services.GetRequiredService<EmbeddedLog>();
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await log.ApplyRetentionAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (EmbeddedLogException error)
            {
                LogFailed(error, log.DataDirectory);
            }
        }
    }
}
