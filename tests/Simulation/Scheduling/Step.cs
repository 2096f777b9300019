using KafkaFunctions.Simulation.Instances;

namespace KafkaFunctions.Simulation.Scheduling;

/// <summary>Something that code under test waits for: its task is pending until the scheduler takes it up.</summary>
/// <param name="kind">What it is.</param>
/// <param name="owner">The instance that waits; null for the world outside.</param>
/// <param name="detail">Which one, for the trace.</param>
internal abstract class Step(StepKind kind, Instance? owner, string detail)
{
    public StepKind Kind => kind;

    public Instance? Owner => owner;

    public string Detail => detail;

    /// <summary>Makes what the caller gets when it is refused; null where that cannot be.</summary>
    public Func<Exception>? Trouble { get; init; }

    /// <summary>Makes what the caller gets when it is done and the answer is lost; null where that cannot be.</summary>
    public Func<Exception>? LostAnswer { get; init; }

    /// <summary>Whether effect and answer are one.</summary>
    public bool IsInstant { get; init; }

    public bool IsDone { get; private set; }

    /// <summary>Nobody waits for it any more; it may take effect all the same.</summary>
    public bool IsOrphan { get; set; }

    /// <summary>It was called off.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>Lets a part of it take effect, or all.</summary>
    public void Advance(Dice dice) => IsDone = Act(dice);

    /// <summary>Lets the caller go on, on this thread.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception error);

    /// <returns>Whether all of it has taken effect.</returns>
    protected abstract bool Act(Dice dice);

    public override string ToString() => owner is null ? $"{kind} {detail}" : $"{owner} {kind} {detail}";
}
