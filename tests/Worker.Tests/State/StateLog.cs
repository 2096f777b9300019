using System.Collections.Concurrent;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;

namespace KafkaFunctions.Worker.Tests.State;

/// <summary>Notes what is written, and lets a test do something at that moment.</summary>
internal sealed class StateLog : IStateHook
{
    public ConcurrentQueue<StateBucket> Written { get; } = [];

    public Action<StateOperation> Before { get; set; } = _ => { };

    /// <summary>The storage does not answer any more.</summary>
    public bool WaitsForEver { get; set; }

    /// <summary>Writes of progress, that of the store's description not counted.</summary>
    public int Progress => Written.Count(bucket => bucket == StateBucket.Progress) - 1;

    public ValueTask BeforeAsync(StateOperation operation, CancellationToken cancellationToken)
    {
        Before(operation);
        return WaitsForEver ? new ValueTask(Task.Delay(Timeout.Infinite, cancellationToken)) : ValueTask.CompletedTask;
    }

    public ValueTask AfterAsync(StateOperation operation, CancellationToken cancellationToken)
    {
        if (operation.Kind == StateOperationKind.Write)
        {
            Written.Enqueue(operation.Bucket!.Value);
        }

        return ValueTask.CompletedTask;
    }
}
