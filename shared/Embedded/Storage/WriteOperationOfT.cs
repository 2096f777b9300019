using KafkaFunctions.Streams;

namespace KafkaFunctions.Embedded.Storage;

/// <summary>An operation with a result.</summary>
internal abstract class WriteOperation<TResult> : WriteOperation
{
    // The writer must never run a caller's code.
    private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Exception? _refusal;
    private TResult _result = default!;

    public Task<TResult> Done => _done.Task;

    public sealed override void Run(WriteSession session)
    {
        try
        {
            _result = Write(session);
        }
        catch (Exception error) when (error is KafkaFunctionsException or ArgumentException)
        {
            // Its own affair: the other operations of the transaction go on.
            _refusal = error;
        }
    }

    public sealed override void Complete()
    {
        if (_refusal is not null)
        {
            _done.TrySetException(_refusal);
            return;
        }

        Committed(_result);
        _done.TrySetResult(_result);
    }

    public sealed override void Fail(Exception error) => _done.TrySetException(error);

    protected abstract TResult Write(WriteSession session);

    /// <summary>Called by the writer once the transaction is durable.</summary>
    protected virtual void Committed(TResult result)
    {
    }
}
