using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace KafkaFunctions.Differential.Tests.Driver;

/// <summary>The driver's JVM: text in, lines out.</summary>
internal sealed class DriverProcess : IDisposable
{
    private const int KeptErrors = 50;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Process _process;

    /// <param name="classPath">Where the classes are.</param>
    /// <param name="folder">For what it writes.</param>
    /// <param name="main">The class that is run.</param>
    public DriverProcess(string classPath, string folder, string main = "Driver")
    {
        string[] arguments = ["-Xmx512m", "-XX:+UseSerialGC", "-Dlog4j2.level=OFF", $"-Djava.io.tmpdir={folder}", "-cp", classPath, main];
        var start = new ProcessStartInfo("java", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
        if (ReadLine() != "ready")
        {
            throw new InvalidOperationException($"The driver did not start.{Errors}");
        }
    }

    private string Errors => _errors.IsEmpty ? string.Empty : "\n" + string.Join('\n', _errors);

    public void Write(string text)
    {
        _process.StandardInput.Write(text);
        _process.StandardInput.Flush();
    }

    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    /// <exception cref="InvalidOperationException">The driver has ended.</exception>
    public string ReadLine()
    {
        var line = _process.StandardOutput.ReadLineAsync().WaitAsync(AnswerLimit).GetAwaiter().GetResult();
        return line ?? throw new InvalidOperationException($"The driver has ended.{Errors}");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _errors.Enqueue(line);
        }

        while (_errors.Count > KeptErrors)
        {
            _errors.TryDequeue(out _);
        }
    }
}
