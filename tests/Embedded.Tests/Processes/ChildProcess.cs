using System.Diagnostics;

namespace KafkaFunctions.Embedded.Tests.Processes;

/// <summary>A second process: this assembly, started with a command of <see cref="ChildCommands"/>.</summary>
internal sealed class ChildProcess : IDisposable
{
    public const string Argument = "--as-child-process";

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public static ChildProcess Start(params string[] arguments) => new(Process.Start(new ProcessStartInfo(
        "dotnet", ["exec", typeof(ChildProcess).Assembly.Location, Argument, .. arguments])
    {
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!);

    /// <summary>The next line that the process wrote; null at the end of its output.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken);

    /// <summary>Kills the process as kill -9 does.</summary>
    /// <returns>What it had written and nobody had read.</returns>
    public async Task<string[]> KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        var rest = await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);

        // What follows the last line's end was cut off.
        return rest.Split('\n')[..^1];
    }

    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
