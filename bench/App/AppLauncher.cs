using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.App;

/// <summary>Starts instances of an app, all on the same topics.</summary>
/// <param name="run">The run.</param>
/// <param name="backend">Where the topics are.</param>
/// <param name="assembly">The built app; null for the run's.</param>
/// <param name="common">Settings of all instances beside the usual ones; null for none.</param>
internal sealed class AppLauncher(
    BenchRun run, IBackend backend, string? assembly = null, IReadOnlyDictionary<string, string?>? common = null)
{
    /// <summary>Function key of every run: with one, the same settings work wherever the app listens.</summary>
    public const string FunctionKey = "bench-key";

    private static readonly Dictionary<string, string?> NoSettings = [];

    private readonly int _port = FreePorts.Take(1)[0];
    private int _started;

    /// <summary>Starts an instance.</summary>
    /// <param name="functions">Run only these; null for those of the pipeline, or all of an app that is not the run's.</param>
    /// <param name="port">Port; null for the launcher's own, for runs with one instance at a time.</param>
    /// <param name="settings">Settings beside the usual ones.</param>
    public AppProcess Start(
        IReadOnlyList<string>? functions = null,
        int? port = null,
        IReadOnlyDictionary<string, string?>? settings = null)
    {
        var all = new Dictionary<string, string?>(backend.AppSettings)
        {
            ["FilterCondition"] = Pipeline.FilterCondition,
            ["FunctionKey"] = FunctionKey,
        };
        foreach (var (name, value) in (common ?? NoSettings).Concat(settings ?? NoSettings))
        {
            all[name] = value;
        }

        var number = ++_started;
        var start = new AppStart($"app (start {number})", assembly ?? run.AppPath, port ?? _port, run.PathOf("app.log"), run.Directory, all)
        {
            Functions = functions ?? (assembly is null ? Pipeline.Functions : []),
        };
        return run.Own(AppProcess.Start(start));
    }
}
