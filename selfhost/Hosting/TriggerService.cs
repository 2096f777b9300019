using KafkaFunctions.SelfHost.Triggers;
using Microsoft.Extensions.Hosting;

namespace KafkaFunctions.SelfHost.Hosting;

/// <summary>Starts the triggers when everything else runs, HTTP too, and stops them while everything else still does: what they
/// have begun may need it.</summary>
internal sealed class TriggerService(TriggerHost triggers, FunctionList list) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        triggers.Prepare();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        list.Print();
        return triggers.StartAsync(cancellationToken);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => triggers.StopAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
