using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Timers;

namespace KafkaFunctions.Testing.Instances;

/// <summary>A function with a timer trigger.</summary>
internal sealed class TestTimer(FunctionDescriptor descriptor, TimerSchedule schedule, DateTimeOffset start)
{
    public FunctionDescriptor Descriptor => descriptor;

    /// <summary>When it runs next.</summary>
    public DateTimeOffset Next { get; private set; } = schedule.Next(start);

    /// <summary>When it ran last; where it has not, when its schedule began.</summary>
    public DateTimeOffset Last { get; private set; } = start;

    /// <summary>It has run.</summary>
    public void Ran(DateTimeOffset now)
    {
        Last = now;
        Next = schedule.Next(now > Next ? now : Next);
    }

    /// <summary>It has run by hand: the schedule stays.</summary>
    public void RanByHand(DateTimeOffset now) => Last = now;
}
