using KafkaFunctions.Simulation.Scheduling;
using KafkaFunctions.Streams.Processing;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>Something that functions call and that is down at times: they then ask for their batch to be run again.</summary>
internal static class Service
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    [ThreadStatic]
    private static Scheduler? _scheduler;

    /// <summary>The scheduler of the world that runs on this thread; its functions are shared by all worlds.</summary>
    public static void Use(Scheduler scheduler) => _scheduler = scheduler;

    /// <exception cref="RetryRecordException">It is down.</exception>
    public static long Call(long value) => _scheduler!.IsServiceDown() ? throw new RetryRecordException(RetryAfter, "The service is down.") : value;
}
