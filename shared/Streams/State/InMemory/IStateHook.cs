namespace KafkaFunctions.Streams.State.InMemory;

/// <summary>Stands in the way of every operation of an <see cref="InMemoryStateStorage"/>: a test's place to wait, to fail, or to
/// do something in between. What it throws is what the caller gets.</summary>
public interface IStateHook
{
    /// <summary>Before anything is done. An exception here: it is not done.</summary>
    ValueTask BeforeAsync(StateOperation operation, CancellationToken cancellationToken);

    /// <summary>After it is done and before the caller hears of it. An exception here: a lost acknowledgement.</summary>
    ValueTask AfterAsync(StateOperation operation, CancellationToken cancellationToken);
}
