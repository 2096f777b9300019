using KafkaFunctions.Streams;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Worker.Catalog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Worker.Telemetry;

/// <summary>Begins the counters of every function and store at zero, once the app has started and somebody listens. A series that starts
/// at its first event would hide it from whoever asks how much it has grown.</summary>
internal sealed partial class CounterStart(
    FunctionCatalog catalog,
    StoreCatalog stores,
    WorkerInstruments instruments,
    IServiceProvider services,
    IHostApplicationLifetime lifetime,
    ILogger<CounterStart> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Off the way of the start.
        lifetime.ApplicationStarted.Register(() => _ = Task.Run(Announce, CancellationToken.None));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Announce()
    {
        try
        {
            foreach (var function in catalog.Functions.Concat(catalog.Consumers).DistinctBy(function => function.Name))
            {
                instruments.Announce(function.Name);
            }

            foreach (var (function, processor) in stores.Processors.Where(entry => catalog.Find(entry.Function) is not null))
            {
                foreach (var store in processor.Stores)
                {
                    services.GetRequiredService<StateRuntime>().Announce(store.Name, function);
                }
            }
        }
        catch (Exception failed) when (failed is KafkaFunctionsException or ObjectDisposedException)
        {
            // The storage cannot be opened, of which its functions tell, or the host has ended.
            LogNotStarted(failed.Message);
        }
    }

    [LoggerMessage(EventId = 5702, Level = LogLevel.Debug, Message = "Counters begin with their first event: {Reason}")]
    private partial void LogNotStarted(string reason);
}
