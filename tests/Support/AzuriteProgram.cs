using System.ComponentModel;
using System.Diagnostics;

namespace KafkaFunctions.TestSupport;

/// <summary>The Azurite that tests run: of <c>AZURITE_HOME</c> (a folder where npm installed it), or one that is installed at first use
/// into a folder of the repository that git ignores.</summary>
internal static class AzuriteProgram
{
    private const string Version = "3.37.0";
    private const string HomeVariable = "AZURITE_HOME";

    private const string HowToGetOne =
        $"Install Node 20 or newer, or set {HomeVariable} to a folder where 'npm install azurite@{Version}' was run, or AZURITE_TABLE_ENDPOINT to a running Azurite.";

    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(10);

    public static async Task<string> FindAsync()
    {
        await RunAsync("node", AppContext.BaseDirectory, "--version");
        if (Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } home)
        {
            return File.Exists(ProgramIn(home)) ? ProgramIn(home) : throw new InvalidOperationException($"{HomeVariable} is '{home}', and there is no Azurite in it. {HowToGetOne}");
        }

        var folder = Path.Combine(Repository.Root, "tests", "Support", ".azurite", Version);
        if (!File.Exists(ProgramIn(folder)))
        {
            await InstallAsync(folder);
        }

        return ProgramIn(folder);
    }

    private static string ProgramIn(string home) => Path.Combine(home, "node_modules", "azurite", "dist", "src", "table", "main.js");

    /// <summary>Installs beside and moves when all is there; one process at a time.</summary>
    private static async Task InstallAsync(string folder)
    {
        var parent = Directory.CreateDirectory(Path.GetDirectoryName(folder)!).FullName;
        await using var hold = await LockAsync(Path.Combine(parent, "lock"));
        if (File.Exists(ProgramIn(folder)))
        {
            return;
        }

        var draft = folder + ".draft";
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        Directory.CreateDirectory(draft);
        await File.WriteAllTextAsync(Path.Combine(draft, "package.json"), "{ \"private\": true }");
        await RunAsync(
            "npm", draft, "install", "--prefix", draft, $"azurite@{Version}", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.Move(draft, folder);
    }

    private static async Task<FileStream> LockAsync(string file)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(200))
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (clock.Elapsed < InstallLimit)
            {
            }
        }
    }

    private static async Task RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            using var limit = new CancellationTokenSource(InstallLimit);
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {await output}{await error}{Environment.NewLine}{HowToGetOne}");
            }
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"State on Azure Tables is tested on Azurite, and there is no '{program}' to run it with. {HowToGetOne}", missing);
        }
    }
}
