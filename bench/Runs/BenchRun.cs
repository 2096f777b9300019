using System.Diagnostics;
using System.Globalization;
using KafkaFunctions.Bench.Processes;

namespace KafkaFunctions.Bench.Runs;

/// <summary>One run of one command: its folder, its processes, its clock and its progress lines.</summary>
internal sealed class BenchRun : IAsyncDisposable
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly bool _keep;
    private TimeSpan _nextProgress = ProgressInterval;

    public BenchRun(string command, string directory, string appPath, bool appIsGiven, int seed, bool slice, bool keep)
    {
        Command = command;
        Directory = directory;
        AppPath = appPath;
        AppIsGiven = appIsGiven;
        Seed = seed;
        Slice = slice;
        _keep = keep;
        System.IO.Directory.CreateDirectory(directory);
    }

    public string Command { get; }

    /// <summary>Folder of this run alone: data, logs. Deleted at the end unless asked to keep.</summary>
    public string Directory { get; }

    /// <summary>The built app.</summary>
    public string AppPath { get; }

    /// <summary>The command line names the app: a command with an app of its own runs that one instead.</summary>
    public bool AppIsGiven { get; }

    public int Seed { get; }

    /// <summary>The short form for CI.</summary>
    public bool Slice { get; }

    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Disposes something at the end of the run, last first.</summary>
    public T Own<T>(T resource)
        where T : IAsyncDisposable
    {
        lock (_owned)
        {
            _owned.Add(resource);
        }

        return resource;
    }

    public string PathOf(string name) => Path.Combine(Directory, name);

    /// <summary>Prints a line with the time since the start.</summary>
    public void Say(string text) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{_clock.Elapsed:hh\\:mm\\:ss}] {Command}: {text}"));

    /// <summary>Prints a line unless one was printed within the last seconds.</summary>
    public void Progress(Func<string> text)
    {
        if (_clock.Elapsed >= _nextProgress)
        {
            _nextProgress = _clock.Elapsed + ProgressInterval;
            Say(text());
        }
    }

    /// <summary>Fails the run where a process that should run has ended.</summary>
    public static void RequireAlive(ChildProcess process)
    {
        if (process.HasExited)
        {
            throw new RunFailedException($"{process.Name} ended by itself with status {process.ExitCode}. Its last lines:\n{process.LogTail()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var resource in Enumerable.Reverse(_owned))
        {
            await DisposeQuietlyAsync(resource);
        }

        if (_keep)
        {
            Say($"files kept in {Directory}");
            return;
        }

        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private async Task DisposeQuietlyAsync(IAsyncDisposable resource)
    {
        try
        {
            await resource.DisposeAsync();
        }
        catch (Exception exception)
        {
            // The verdict is known by now: trouble while cleaning up is told and does not change it.
            Say($"while cleaning up: {exception.Message}");
        }
    }
}
