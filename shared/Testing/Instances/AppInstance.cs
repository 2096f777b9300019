using KafkaFunctions.SelfHost.Invocation;
using KafkaFunctions.Testing.Faults;
using KafkaFunctions.Testing.Time;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.Testing.Instances;

/// <summary>A process of the app: services, middleware and state's memory of its own, on the test's topics, stores and clock.</summary>
internal sealed class AppInstance : IAsyncDisposable
{
    // Whoever waits for it has died.
    private static readonly Task<bool> Never = new TaskCompletionSource<bool>().Task;

    private readonly FaultPlan _faults;
    private readonly Signal _changed = new();
    private TaskCompletionSource<bool>? _stopped;

    public AppInstance(AppModel model, FaultPlan faults, TestClock clock)
    {
        _faults = faults;
        Time = new InstanceTime(clock, _changed);
        Services = model.CreateServices(this);
        Invoker = Services.GetRequiredService<IFunctionInvoker>();
        Pipeline = Services.GetRequiredService<FunctionPipeline>();
    }

    public InstanceTime Time { get; }

    public ServiceProvider Services { get; }

    public IFunctionInvoker Invoker { get; }

    public FunctionPipeline Pipeline { get; }

    /// <summary>The function that runs.</summary>
    public string? Function { get; set; }

    public bool IsDead { get; private set; }

    public bool IsStopped => _stopped is not null;

    /// <summary>Done when something has changed from now on that whoever waits for a call should look at.</summary>
    public Task Changed => _changed.Next;

    /// <summary>Code under test has come to a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="trouble">Makes what the caller gets of a fault that it is told of.</param>
    /// <param name="records">Which one, where the step has a number.</param>
    /// <returns>Whether it is done twice. Where the instance dies here, the task never ends.</returns>
    public async ValueTask<bool> ReachAsync(StepKind step, Func<FaultKind, Exception>? trouble = null, int records = 0)
    {
        if (IsDead)
        {
            return await Never.ConfigureAwait(false);
        }

        if (_stopped is { } stopped)
        {
            await stopped.Task.ConfigureAwait(false);
        }

        var twice = false;
        foreach (var fault in _faults.At(step, Function, records))
        {
            switch (fault.Kind)
            {
                case FaultKind.Crash:
                    IsDead = true;
                    _changed.Set();
                    return await Never.ConfigureAwait(false);
                case FaultKind.Rebalance:
                    await StopAsync().ConfigureAwait(false);
                    break;
                case FaultKind.Slow:
                    Time.MoveTo(Time.GetTimestamp() + fault.Delay.Ticks);
                    break;
                case FaultKind.Duplicate:
                    twice = true;
                    break;
                default:
                    throw trouble!(fault.Kind);
            }
        }

        return twice;
    }

    /// <summary>Lets it go on where it stands.</summary>
    public void GoOn()
    {
        var stopped = _stopped;
        _stopped = null;
        stopped!.SetResult(true);
    }

    public ValueTask DisposeAsync() => Services.DisposeAsync();

    private Task<bool> StopAsync()
    {
        // Continuations run where it goes on: in the order of the test, not beside it.
        _stopped = new TaskCompletionSource<bool>();
        var stopped = _stopped.Task;
        _changed.Set();
        return stopped;
    }
}
