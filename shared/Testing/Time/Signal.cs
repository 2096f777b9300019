namespace KafkaFunctions.Testing.Time;

/// <summary>Tells one waiter that something has changed. Safe for concurrent use.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = NewSource();

    /// <summary>Done at the next change from now on: take it before looking.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Set() => Interlocked.Exchange(ref _next, NewSource()).SetResult();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
