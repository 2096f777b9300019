using KafkaFunctions.Simulation.Instances;

namespace KafkaFunctions.Simulation.Scheduling;

/// <summary>Decides, by seed, which of the waiting steps goes on, and how. Everything runs on the thread that made it.</summary>
internal sealed class Scheduler(Dice dice, Trace trace)
{
    private const int MaxLooksPastPaused = 8;
    private const double AnswerLater = 0.5;

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<Step> _waiting = [];
    private Instance? _last;

    /// <summary>Steps taken so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Milliseconds that have gone by without steps.</summary>
    public long Skipped { get; set; }

    /// <summary>Steps of dead instances that took effect.</summary>
    public int Orphans { get; private set; }

    public Chaos Chaos { get; set; } = Chaos.None;

    /// <summary>How likely the next step is one of the same instance.</summary>
    public double Stickiness { get; init; }

    /// <summary>What went wrong on another thread, where it cannot be thrown.</summary>
    public string? ThreadError { get; private set; }

    public void Add(Step step)
    {
        CheckThread(step);
        _waiting.Add(step);
    }

    /// <summary>Takes a step.</summary>
    /// <returns>The step; null where none waits.</returns>
    public Step? TakeOne()
    {
        while (_waiting.Count > 0)
        {
            var index = Pick();
            var step = _waiting[index];
            if (step.IsCancelled || (step.IsOrphan && step.IsDone))
            {
                Remove(index);
                continue;
            }

            Steps++;
            _last = step.Owner;
            Take(step, index);
            return step;
        }

        return null;
    }

    /// <summary>Whether a function that asks finds the service that it calls down.</summary>
    public bool IsServiceDown() => dice.Chance(Chaos.ServiceDown);

    /// <summary>An instance is dead: it never goes on, but what it has sent may arrive, even later.</summary>
    public void Bury(Instance instance)
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            var step = _waiting[i];
            if (step.Owner != instance)
            {
                continue;
            }

            if (step.IsDone || step.IsInstant || dice.Chance(0.5))
            {
                Remove(i);
            }
            else
            {
                step.IsOrphan = true;
            }
        }
    }

    /// <summary>What dead instances have sent arrives no more.</summary>
    public void DropOrphans() => _waiting.RemoveAll(step => step.IsOrphan);

    private void CheckThread(Step step)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            return;
        }

        ThreadError = $"The code under test left its thread before: {step}.";
        throw new InvalidOperationException(ThreadError);
    }

    private int Pick()
    {
        if (_last is not null && dice.Chance(Stickiness))
        {
            var start = dice.Below(_waiting.Count);
            for (var i = 0; i < _waiting.Count; i++)
            {
                var index = (start + i) % _waiting.Count;
                if (_waiting[index].Owner == _last && !IsPaused(_waiting[index]))
                {
                    return index;
                }
            }
        }

        for (var look = 0; ; look++)
        {
            var index = dice.Below(_waiting.Count);
            if (look == MaxLooksPastPaused || !IsPaused(_waiting[index]))
            {
                return index;
            }
        }
    }

    private bool IsPaused(Step step) => step.Owner?.PausedUntil > Steps;

    private void Take(Step step, int index)
    {
        if (!step.IsDone)
        {
            if (!step.IsOrphan && step.Trouble is { } trouble && dice.Chance(Chaos.Unavailable))
            {
                Remove(index);
                trace.Add(Steps, step, StepFate.Refused);
                step.Fail(trouble());
                return;
            }

            step.Advance(dice);
            Orphans += step.IsOrphan ? 1 : 0;
            if (!step.IsDone || step.IsOrphan || (!step.IsInstant && dice.Chance(AnswerLater)))
            {
                trace.Add(Steps, step, step.IsOrphan ? StepFate.Orphaned : step.IsDone ? StepFate.Done : StepFate.Advanced);
                return;
            }
        }

        Remove(index);
        if (step.LostAnswer is { } lost && dice.Chance(Chaos.LostAnswer))
        {
            trace.Add(Steps, step, StepFate.AcknowledgementLost);
            step.Fail(lost());
        }
        else
        {
            trace.Add(Steps, step, StepFate.Acknowledged);
            step.Complete();
        }
    }

    private void Remove(int index)
    {
        _waiting[index] = _waiting[^1];
        _waiting.RemoveAt(_waiting.Count - 1);
    }
}
