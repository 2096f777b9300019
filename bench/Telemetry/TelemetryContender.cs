using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Cluster;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Speed;

namespace KafkaFunctions.Bench.Telemetry;

/// <summary>A function on the self-host, with telemetry on or off.</summary>
/// <param name="name">Which of both.</param>
/// <param name="launcher">Starts the app.</param>
/// <param name="bootstrapServers">The broker.</param>
/// <param name="stage">The function.</param>
/// <param name="settings">Turn telemetry on or off.</param>
/// <param name="isScraped">Whether its metrics are read all the while.</param>
internal sealed class TelemetryContender(
    string name, AppLauncher launcher, string bootstrapServers, Stage stage, IReadOnlyDictionary<string, string?> settings, bool isScraped) : Contender
{
    private AppProcess? _app;
    private Scraper? _scraper;

    public override string Name => name;

    public override string GroupOf(int round) => stage.ConsumerGroup;

    public override async Task<ChildProcess> StartAsync(int round, CancellationToken cancellationToken)
    {
        // The group's name is fixed in the app: forget what was done in the lap before.
        await ConsumerGroups.DeleteAsync(bootstrapServers, stage.ConsumerGroup, cancellationToken);
        _app = launcher.Start([stage.Function], settings: settings);
        _scraper = isScraped ? new Scraper(_app.Address) : null;
        return _app.Process;
    }

    public override async Task<double?> StopAsync(CancellationToken cancellationToken)
    {
        if (_scraper is not null)
        {
            await _scraper.DisposeAsync();
        }

        await _app!.StopAsync(cancellationToken);
        return null;
    }
}
