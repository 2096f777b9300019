using KafkaFunctions.Simulation.Instances;
using KafkaFunctions.Streams;

namespace KafkaFunctions.Simulation.Scheduling;

/// <summary>A step that takes effect at once and gives a result.</summary>
/// <param name="kind">What it is.</param>
/// <param name="owner">The instance that waits.</param>
/// <param name="detail">Which one, for the trace.</param>
/// <param name="effect">What it does.</param>
internal sealed class ResultStep<T>(StepKind kind, Instance? owner, string detail, Func<T> effect) : Step(kind, owner, detail)
{
    // Continuations run where it is completed: on the scheduler's thread.
    private readonly TaskCompletionSource<T> _source = new();
    private T _result = default!;
    private Exception? _error;

    public Task<T> Task => _source.Task;

    public override void Complete()
    {
        if (_error is null)
        {
            _source.SetResult(_result);
        }
        else
        {
            _source.SetException(_error);
        }
    }

    public override void Fail(Exception error) => _source.SetException(error);

    protected override bool Act(Dice dice)
    {
        try
        {
            _result = effect();
        }
        catch (KafkaFunctionsException error)
        {
            _error = error;
        }

        return true;
    }
}
