using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Triggers;

namespace KafkaFunctions.SelfHost.Tests.Triggers;

/// <summary>A listener whose start and stop a test sees and holds.</summary>
internal sealed class FakeListener(FunctionDescriptor function) : ITriggerListener
{
    public FunctionDescriptor Function => function;

    public string Description => $"kafkaTrigger {function.Name}";

    public Func<CancellationToken, Task> OnStart { get; set; } = _ => Task.CompletedTask;

    public Func<CancellationToken, Task> OnStop { get; set; } = _ => Task.CompletedTask;

    public bool Started { get; private set; }

    public bool Stopped { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await OnStart(cancellationToken);
        Started = true;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await OnStop(cancellationToken);
        Stopped = true;
    }
}
