using KafkaFunctions.Testing.Faults;

namespace KafkaFunctions.Testing;

/// <summary>Something that goes wrong at a <see cref="Step"/>. Immutable.</summary>
public sealed record Fault
{
    private Fault(FaultKind kind, TimeSpan delay = default)
    {
        Kind = kind;
        Delay = delay;
    }

    /// <summary>The instance dies where it stands, with all it has in memory. Another one begins at the committed offsets. At any
    /// step.</summary>
    public static Fault Crash { get; } = new(FaultKind.Crash);

    /// <summary>Another instance becomes the owner of all partitions while this one stands still; when nothing is left to do, this
    /// one goes on with the batch in hand, as if nothing had happened. At any step.</summary>
    public static Fault Rebalance { get; } = new(FaultKind.Rebalance);

    /// <summary>What is done is done twice: records become visible a second time (<see cref="Step.AfterPublish"/>), or the batch is
    /// delivered again (<see cref="Step.BeforeCommit"/>, <see cref="Step.AfterCommit"/>).</summary>
    public static Fault Duplicate { get; } = new(FaultKind.Duplicate);

    /// <summary>The store (503) or the broker refuses; nothing is done. Before a read or write of state, a publish, or the
    /// progress.</summary>
    public static Fault Unavailable { get; } = new(FaultKind.Unavailable);

    /// <summary>The store says that somebody else has written the rows: before a write of state or progress; or after it, where the
    /// client had repeated a write whose answer was lost, and met its own success.</summary>
    public static Fault Conflict { get; } = new(FaultKind.Conflict);

    /// <summary>It is done, and the caller is told that it failed. After a read or write of state, a publish or a part of it, or the
    /// progress.</summary>
    public static Fault LostAcknowledgement { get; } = new(FaultKind.LostAcknowledgement);

    /// <summary>Every fault; of <see cref="Slow"/>, that of a minute.</summary>
    public static IReadOnlyList<Fault> All { get; } =
        [Crash, Rebalance, Duplicate, Unavailable, Conflict, LostAcknowledgement, Slow(TimeSpan.FromMinutes(1))];

    internal FaultKind Kind { get; }

    internal TimeSpan Delay { get; }

    /// <summary>It takes long: wall time moves on. At any step.</summary>
    /// <param name="delay">How long.</param>
    public static Fault Slow(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return new Fault(FaultKind.Slow, delay);
    }

    /// <summary>Whether the fault can happen at a step.</summary>
    /// <param name="step">The step.</param>
    public bool CanStrike(Step step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Kind switch
        {
            FaultKind.Duplicate => step.Kind is StepKind.AfterPublish or StepKind.BeforeCommit or StepKind.AfterCommit,
            FaultKind.Unavailable => step.Kind is StepKind.BeforeStateRead or StepKind.BeforeStateWrite or StepKind.BeforePublish or StepKind.BeforeProgress,
            FaultKind.Conflict => step.Kind is StepKind.BeforeStateWrite or StepKind.AfterStateWrite or StepKind.BeforeProgress or StepKind.AfterProgress,
            FaultKind.LostAcknowledgement => step.Kind
                is StepKind.AfterStateRead or StepKind.AfterStateWrite or StepKind.AfterPublishOf or StepKind.AfterPublish or StepKind.AfterProgress,
            _ => true,
        };
    }

    /// <summary>The fault's name.</summary>
    public override string ToString() => Kind.ToString();
}
