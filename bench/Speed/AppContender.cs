using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Cluster;
using KafkaFunctions.Bench.Processes;

namespace KafkaFunctions.Bench.Speed;

/// <summary>A function on the self-host, alone in its app.</summary>
/// <param name="launcher">Starts the app.</param>
/// <param name="bootstrapServers">The broker.</param>
/// <param name="stage">The function.</param>
/// <param name="settings">Settings for a round; null for none.</param>
internal sealed class AppContender(
    AppLauncher launcher, string bootstrapServers, Stage stage, Func<int, IReadOnlyDictionary<string, string?>>? settings = null) : Contender
{
    private AppProcess? _app;

    public override string Name => $"{stage.Function} on the self-host";

    public override string GroupOf(int round) => stage.ConsumerGroup;

    public override async Task<ChildProcess> StartAsync(int round, CancellationToken cancellationToken)
    {
        // The group's name is fixed in the app: forget what it did in the round before.
        if (round > 0)
        {
            await ConsumerGroups.DeleteAsync(bootstrapServers, stage.ConsumerGroup, cancellationToken);
        }

        _app = launcher.Start([stage.Function], settings: settings?.Invoke(round));
        return _app.Process;
    }

    public override Task<double?> ReadAllocatedAsync(CancellationToken cancellationToken) =>
        AppMetrics.ReadAsync(_app!, AppMetrics.AllocatedBytes, cancellationToken);

    public override async Task<double?> StopAsync(CancellationToken cancellationToken)
    {
        await _app!.StopAsync(cancellationToken);
        return null;
    }
}
