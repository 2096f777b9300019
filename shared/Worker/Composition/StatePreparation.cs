using KafkaFunctions.Embedded.State;
using KafkaFunctions.Streams;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KafkaFunctions.Worker.Composition;

/// <summary>Opens embedded state that is there while the triggers start: the first batches need not wait for it.</summary>
internal sealed class StatePreparation(IConfiguration configuration, IServiceProvider services) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _preparing = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (StateStorageSettings.Read(configuration) is null && SqliteStateStorage.Exists(DataDirectory.Of(configuration)))
        {
            _preparing = Task.Run(PrepareAsync, CancellationToken.None);
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

    private async Task PrepareAsync()
    {
        try
        {
            await services.GetRequiredService<IStateStorage>().ListAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is KafkaFunctionsException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever uses it is told.
        }
    }
}
