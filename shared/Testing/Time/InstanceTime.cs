namespace KafkaFunctions.Testing.Time;

/// <summary>An instance's view of the wall time: the clock is everybody's, the timers are its own. Safe for concurrent use.</summary>
internal sealed class InstanceTime(TestClock clock, Signal changed) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private long _lastNumber;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => clock.Now;

    public override long GetTimestamp() => clock.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock to the end of the wait that is due first, and lets it end. Timers that go off again and again are
    /// nobody's wait.</summary>
    /// <returns>False where nobody waits.</returns>
    public bool EndNextWait() => Fire(long.MaxValue, withPeriodic: false);

    /// <summary>Moves the clock on, from one timer that goes off to the next.</summary>
    public void MoveTo(long ticks)
    {
        while (Fire(ticks, withPeriodic: true))
        {
        }

        clock.MoveTo(ticks);
    }

    private bool Fire(long last, bool withPeriodic)
    {
        Timer? next;
        long due;
        lock (_lock)
        {
            next = _timers.Where(timer => timer.Due <= last && (withPeriodic || timer.Period <= TimeSpan.Zero)).MinBy(timer => (timer.Due, timer.Number));
            if (next is null)
            {
                return false;
            }

            due = next.Due;
            Schedule(next, next.Period > TimeSpan.Zero ? next.Due + next.Period.Ticks : null);
        }

        clock.MoveTo(due);
        next.Fire();
        return true;
    }

    private void Set(Timer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            timer.Period = period;
            Schedule(timer, dueTime < TimeSpan.Zero ? null : clock.Ticks + dueTime.Ticks);
        }

        changed.Set();
    }

    private void Schedule(Timer timer, long? due)
    {
        _timers.Remove(timer);
        if (due is { } at)
        {
            timer.Due = at;
            timer.Number = ++_lastNumber;
            _timers.Add(timer);
        }
    }

    private sealed class Timer(InstanceTime time, TimerCallback callback, object? state) : ITimer
    {
        public long Due { get; set; }

        public long Number { get; set; }

        public TimeSpan Period { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Set(this, dueTime, period);
            return true;
        }

        public void Dispose() => time.Set(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
