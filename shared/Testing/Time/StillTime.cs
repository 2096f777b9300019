namespace KafkaFunctions.Testing.Time;

/// <summary>Time for what only keeps a log quiet: its timers never go off, and nobody waits for them.</summary>
internal sealed class StillTime : TimeProvider
{
    public static StillTime Instance { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new NoTimer();

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
