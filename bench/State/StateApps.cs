using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.State;

/// <summary>Starts StateApp.</summary>
internal static class StateApps
{
    /// <summary>Instances on one store, in consumer groups that begin with a name.</summary>
    public static AppLauncher CreateLauncher(BenchRun run, IBackend backend, StoreUnderTest store, string group)
    {
        var settings = new Dictionary<string, string?>(store.AppSettings);
        foreach (var (name, value) in StatePipeline.GroupSettings(group))
        {
            settings[name] = value;
        }

        return new AppLauncher(run, backend, StatePipeline.App, settings);
    }
}
