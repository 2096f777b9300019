using KafkaFunctions.Streams;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Worker.Catalog;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Outputs;

/// <summary>Makes the publisher ready while the triggers start: their first outputs need not wait for it.</summary>
internal sealed class OutputPreparation(FunctionCatalog catalog, IRecordPublisher publisher, IOptions<OutputOptions> options) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _preparing = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        string[] topics = [.. catalog.Functions.SelectMany(function => function.Outputs).Select(output => output.Topic).Distinct(StringComparer.Ordinal)];
        if (topics.Length > 0 && options.Value.OutputDelivery == OutputDelivery.Acknowledged)
        {
            _preparing = Task.Run(() => PrepareAsync(topics), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _preparing.ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stop.Dispose();

    private async Task PrepareAsync(string[] topics)
    {
        try
        {
            await publisher.PrepareAsync(topics, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is KafkaFunctionsException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever publishes is told.
        }
    }
}
