using System.Text;
using KafkaFunctions.SelfHost.CommandLine.Groups;
using KafkaFunctions.SelfHost.Demo;
using KafkaFunctions.SelfHost.Tests.CommandLine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace KafkaFunctions.SelfHost.Tests.Demo;

public sealed class DemoDisplayTests
{
    [Fact]
    public async Task Start_OutputIsNoTerminal_WritesALinePerFunctionAndEndsWell()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var time = new FakeTimeProvider();
        var output = new LineSignal();
        using var lifetime = new Lifetime();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        using var messages = new DemoMessages(TextWriter.Null, time);
        using var display = new DemoDisplay(
            new InMemoryBroker(), new FixedCatalog(new FunctionConsumer("Parse", "app-parse", "orders")), lifetime, time, console, messages);

        await display.StartAsync(cancellationToken);
        lifetime.Start();
        while (!output.Written.IsCompleted)
        {
            // The display starts its timer on another thread: let it, then let the time pass that it waits for.
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.EndsWith("Parse in 0 (0/s) out 0 dropped 0 dead 0 lag ?", await output.Written, StringComparison.Ordinal);
        await display.StopAsync(cancellationToken);
        Assert.True(display.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public void Table_Flows_ShowsNumbersAndMessages()
    {
        var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 120;

        console.Write(FlowTable.Of(
            [new FunctionFlow("Parse") { In = 12345, InPerSecond = 50.4, Out = 12000, DeadLettered = 345 }], ["12:00:00 Warning: [slow] broker"]));

        var line = text.ToString().Split('\n').Single(line => line.Contains("Parse", StringComparison.Ordinal));
        Assert.Equal(
            ["Parse", "12,345", "50", "12,000", "0", "0", "345", "0", "?"],
            line.Split('│', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Contains("Warning: [slow] broker", text.ToString(), StringComparison.Ordinal);
    }

    private sealed class LineSignal : TextWriter
    {
        private readonly TaskCompletionSource<string> _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Written => _written.Task;

        public override Encoding Encoding => Encoding.UTF8;

        public override Task WriteLineAsync(string? value)
        {
            _written.TrySetResult(value!);
            return Task.CompletedTask;
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _started = new();

        public CancellationToken ApplicationStarted => _started.Token;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void Start() => _started.Cancel();

        public void Dispose() => _started.Dispose();

        public void StopApplication() => throw new NotSupportedException();
    }
}
