using System.Collections.Concurrent;
using System.Diagnostics;

namespace KafkaFunctions.Bench.Processes;

/// <summary>A process started by a run. Its output goes straight to a file, so that it never waits for the harness.
/// What is still alive when the harness ends is killed.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<int, ChildProcess> Alive = new();

    private readonly Process _process;

    static ChildProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var child in Alive.Values)
        {
            child.Signal(Signals.Kill);
        }
    };

    private ChildProcess(string name, Process process, string logFile)
    {
        Name = name;
        _process = process;
        LogFile = logFile;
        Id = process.Id;
        Alive[Id] = this;
    }

    public string Name { get; }

    public int Id { get; }

    public string LogFile { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>Exit status; only after the process has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a program.</summary>
    /// <param name="name">Name in messages.</param>
    /// <param name="program">Program; looked up in the PATH where it has no folder.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="logFile">File to which its output is appended.</param>
    /// <param name="workingDirectory">Its working directory.</param>
    /// <param name="environment">Variables beside the inherited ones; null removes one.</param>
    public static ChildProcess Start(
        string name,
        string program,
        IEnumerable<string> arguments,
        string logFile,
        string workingDirectory,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        // The shell only redirects, then becomes the program: the process id is the program's.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = workingDirectory, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$@\" >>\"$BENCH_LOG_FILE\" 2>&1 </dev/null");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (variable, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[variable] = value;
        }

        start.Environment["BENCH_LOG_FILE"] = logFile;
        return new ChildProcess(name, Process.Start(start)!, logFile);
    }

    public void Signal(int signal)
    {
        if (!_process.HasExited)
        {
            Signals.Send(Id, signal);
        }
    }

    /// <summary>Kills the process and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        Signal(Signals.Kill);
        await _process.WaitForExitAsync(CancellationToken.None);
        Alive.TryRemove(Id, out _);
    }

    /// <summary>Waits for the process to end.</summary>
    /// <returns>False where it is still alive after <paramref name="limit"/>.</returns>
    public async Task<bool> WaitForExitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            Alive.TryRemove(Id, out _);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>The last lines of what the process has written.</summary>
    public string LogTail(int lines = 25) =>
        File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(lines)) : "";

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}
