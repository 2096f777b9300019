using KafkaFunctions.Streams;

namespace KafkaFunctions.Embedded.State;

/// <summary>A job with a result.</summary>
internal abstract class StateJob<TResult>(string? store) : StateJob(store)
{
    // The writer must never run a caller's code.
    private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private KafkaFunctionsException? _refusal;
    private TResult _result = default!;

    public Task<TResult> Done => _done.Task;

    public sealed override void Run(StateWriteSession session)
    {
        _refusal = null;
        try
        {
            _result = Write(session);
        }
        catch (KafkaFunctionsException error)
        {
            // Its own affair: the other jobs of the transaction go on.
            _refusal = error;
        }
    }

    public sealed override void Complete()
    {
        if (_refusal is not null)
        {
            _done.TrySetException(_refusal);
        }
        else
        {
            _done.TrySetResult(_result);
        }
    }

    public sealed override void Fail(Exception error) => _done.TrySetException(error);

    protected abstract TResult Write(StateWriteSession session);
}
