using KafkaFunctions.Streams.State.InMemory;

namespace KafkaFunctions.Streams.Tests.State;

/// <summary>Ends an instance, or does something else, at its n-th step: before or after a call of the store, or before a publish.</summary>
internal sealed class Interruption(int at) : IStateHook
{
    private int _steps;

    public Action Reached { get; init; } = () => throw new CrashException();

    public ValueTask BeforeAsync(StateOperation operation, CancellationToken cancellationToken) => Step();

    public ValueTask AfterAsync(StateOperation operation, CancellationToken cancellationToken) => Step();

    /// <summary>A step that is no call of the store.</summary>
    public void Pass()
    {
        if (++_steps == at)
        {
            Reached();
        }
    }

    private ValueTask Step()
    {
        Pass();
        return ValueTask.CompletedTask;
    }

    internal sealed class CrashException : Exception;
}
