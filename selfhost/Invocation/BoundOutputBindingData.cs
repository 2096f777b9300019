using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>What goes to one output, written through.</summary>
internal sealed class BoundOutputBindingData<T>(InvocationOutcome outcome, BindingMetadata binding) : OutputBindingData<T>
{
    public override string BindingType => binding.Type;

    public override string Name => binding.Name;

    public override T? Value
    {
        get => outcome.Outputs.TryGetValue(Name, out var value) && value is T typed ? typed : default;
        set => outcome.Outputs[Name] = value;
    }
}
