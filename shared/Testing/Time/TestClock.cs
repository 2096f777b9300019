namespace KafkaFunctions.Testing.Time;

/// <summary>Wall time: it stands still until somebody moves it. Safe for concurrent use.</summary>
internal sealed class TestClock(DateTimeOffset start)
{
    private long _ticks = start.UtcTicks;

    public DateTimeOffset Now => new(Ticks, TimeSpan.Zero);

    public long Ticks => Interlocked.Read(ref _ticks);

    public long Milliseconds => Now.ToUnixTimeMilliseconds();

    /// <summary>Never goes back.</summary>
    public void MoveTo(long ticks)
    {
        for (var now = Ticks; now < ticks;)
        {
            now = Interlocked.CompareExchange(ref _ticks, ticks, now) is var seen && seen == now ? ticks : seen;
        }
    }
}
