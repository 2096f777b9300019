using KafkaFunctions.Streams;
using Microsoft.Extensions.Hosting;

namespace KafkaFunctions.Worker.Composition;

/// <summary>Makes something ready while the triggers start: the first batches need not wait for it.</summary>
internal abstract class Preparation : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _preparing = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (IsNeeded())
        {
            _preparing = Task.Run(RunAsync, CancellationToken.None);
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

    /// <summary>Whether there is anything to make ready.</summary>
    protected abstract bool IsNeeded();

    /// <summary>Makes it ready. Whoever uses it is told of errors; they end nothing here.</summary>
    protected abstract Task PrepareAsync(CancellationToken cancellationToken);

    private async Task RunAsync()
    {
        try
        {
            await PrepareAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is KafkaFunctionsException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever uses it is told.
        }
    }
}
