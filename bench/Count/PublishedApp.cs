using System.Runtime.InteropServices;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Count;

/// <summary>CountApp as an app is deployed: published with the runtime, all of it compiled ahead (ReadyToRun).</summary>
internal static class PublishedApp
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>The app to run: the one that the command line names, or published for this run, or in a slice as it was built.</summary>
    public static async Task<string> GetAsync(BenchRun run, CancellationToken cancellationToken)
    {
        if (run.AppIsGiven)
        {
            return run.AppPath;
        }

        if (run.Slice)
        {
            return CountPipeline.App;
        }

        run.Say("publishing the app");
        var folder = run.PathOf("count-app");
        string[] arguments =
        [
            "publish", Path.Combine(Repository.Root, "bench", "CountApp"), "--configuration", "Release", "--runtime", RuntimeInformation.RuntimeIdentifier,
            "--self-contained", "-p:PublishReadyToRunComposite=true", "--output", folder,
        ];
        await using var publish = ChildProcess.Start("dotnet publish", "dotnet", arguments, run.PathOf("publish.log"), run.Directory);
        if (!await publish.WaitForExitAsync(Limit, cancellationToken) || publish.ExitCode != 0)
        {
            throw new RunFailedException($"CountApp cannot be published:\n{publish.LogTail()}");
        }

        return Path.Combine(folder, Path.GetFileNameWithoutExtension(CountPipeline.App));
    }
}
