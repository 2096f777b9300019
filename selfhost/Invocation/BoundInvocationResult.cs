using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>An invocation's result, written through.</summary>
internal sealed class BoundInvocationResult(InvocationOutcome outcome) : InvocationResult
{
    public override object? Value
    {
        get => outcome.Result;
        set => outcome.Result = value;
    }
}
