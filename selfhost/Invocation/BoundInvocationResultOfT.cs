using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>An invocation's result of a known type, written through.</summary>
internal sealed class BoundInvocationResult<T>(InvocationOutcome outcome, T value) : InvocationResult<T>
{
    private T? _value = value;

    public override T? Value
    {
        get => _value;
        set => outcome.Result = _value = value;
    }
}
