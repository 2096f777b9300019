namespace KafkaFunctions.Embedded.Appends;

/// <summary>The end of one partition, as far as this process knows, and who waits for it to move.</summary>
internal sealed class AppendSignal
{
    private readonly Lock _gate = new();
    private long _end;
    private TaskCompletionSource? _moved;
    private bool _closed;

    /// <summary>Completes once there is a record at the offset.</summary>
    public async Task WaitAsync(long offset, CancellationToken cancellationToken)
    {
        while (Moved(offset) is { } moved)
        {
            await moved.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Advance(long end)
    {
        TaskCompletionSource? moved;
        lock (_gate)
        {
            if (end <= _end)
            {
                return;
            }

            _end = end;
            moved = _moved;
            _moved = null;
        }

        moved?.SetResult();
    }

    /// <summary>Ends every wait, now and later, with <see cref="ObjectDisposedException"/>.</summary>
    public void Close()
    {
        TaskCompletionSource? moved;
        lock (_gate)
        {
            _closed = true;
            moved = _moved;
            _moved = null;
        }

        moved?.SetResult();
    }

    private Task? Moved(long offset)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(EmbeddedLog));
            if (_end > offset)
            {
                return null;
            }

            _moved ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _moved.Task;
        }
    }
}
