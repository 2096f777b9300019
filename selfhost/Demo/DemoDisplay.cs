using KafkaFunctions.SelfHost.CommandLine.Groups;
using KafkaFunctions.Streams.Brokers;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace KafkaFunctions.SelfHost.Demo;

/// <summary>Shows what flows through the functions: a live table on a terminal, else a line per function every few seconds.</summary>
internal sealed class DemoDisplay(
    ITopicClient topics,
    IConsumerGroupCatalog catalog,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    IAnsiConsole console,
    DemoMessages messages) : BackgroundService
{
    private static readonly TimeSpan TableInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    // From the start, so that nothing that the first invocations count is missed.
    private readonly FlowMeterListener _counts = new();

    /// <summary>Whether a table can be redrawn in place.</summary>
    public static bool CanRedraw(IAnsiConsole console) => console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi;

    public override void Dispose()
    {
        _counts.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Until then the host prints its functions and where it listens.
            await Task.Delay(Timeout.InfiniteTimeSpan, lifetime.ApplicationStarted)
                .WaitAsync(stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stoppingToken.ThrowIfCancellationRequested();

            var lags = new LagMonitor(topics, catalog, time);
            var flows = new FlowReader(_counts, lags, catalog, time);
            var refresh = lags.RunAsync(stoppingToken);
            await (CanRedraw(console) ? ShowTableAsync(flows, stoppingToken) : ShowLinesAsync(flows, stoppingToken));
            await refresh;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task ShowTableAsync(FlowReader flows, CancellationToken cancellationToken)
    {
        messages.Hold();
        try
        {
            await console.Live(FlowTable.Of(flows.Take(), messages.Recent)).StartAsync(async live =>
            {
                using var timer = new PeriodicTimer(TableInterval, time);
                while (await timer.WaitForNextTickAsync(cancellationToken))
                {
                    live.UpdateTarget(FlowTable.Of(flows.Take(), messages.Recent));
                }
            });
        }
        finally
        {
            messages.Release();
        }
    }

    private async Task ShowLinesAsync(FlowReader flows, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LineInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var flow in flows.Take())
            {
                // Not through the console's own text rendering, which breaks lines at the width it assumes.
                await console.Profile.Out.Writer.WriteLineAsync(FlowLine.Of(flow, time.GetLocalNow()));
            }
        }
    }
}
