using KafkaFunctions.Simulation.Instances;

namespace KafkaFunctions.Simulation.Scheduling;

/// <summary>An instance's clock: some milliseconds a step. Timers are steps; they end when the scheduler takes them up, whatever their
/// time.</summary>
internal sealed class SimulatedTime(Scheduler scheduler, Instance owner, int millisecondsPerStep) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => 1_000;

    public override DateTimeOffset GetUtcNow() => Start.AddMilliseconds(GetTimestamp());

    public override long GetTimestamp() => (scheduler.Steps * millisecondsPerStep) + scheduler.Skipped;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(scheduler, owner, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(Scheduler scheduler, Instance owner, TimerCallback callback, object? state) : ITimer
    {
        private TimerStep? _step;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _step?.IsCancelled = true;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                scheduler.Add(_step = new TimerStep(owner, callback, state));
            }

            return true;
        }

        public void Dispose() => _step?.IsCancelled = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class TimerStep : Step
    {
        private readonly TimerCallback _callback;
        private readonly object? _state;

        public TimerStep(Instance owner, TimerCallback callback, object? state)
            : base(StepKind.Timer, owner, "")
        {
            IsInstant = true;
            _callback = callback;
            _state = state;
        }

        public override void Complete() => _callback(_state);

        public override void Fail(Exception error) => throw new NotSupportedException("A timer does not fail.", error);

        protected override bool Act(Dice dice) => true;
    }
}
