namespace KafkaFunctions.Simulation.Scheduling;

/// <summary>A clock whose timers never end, for what only writes logs.</summary>
internal sealed class StillTime : TimeProvider
{
    public static StillTime Instance { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer();

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
