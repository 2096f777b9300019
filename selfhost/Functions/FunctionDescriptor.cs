using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace KafkaFunctions.SelfHost.Functions;

/// <summary>A function that this host runs. Immutable; the same object for the host's life.</summary>
internal sealed class FunctionDescriptor
{
    public FunctionDescriptor(IFunctionMetadata metadata, MethodInfo method, IReadOnlyList<BindingDescriptor> bindings)
    {
        Metadata = metadata;
        Method = method;
        Bindings = bindings;
        Trigger = bindings.First(binding => binding.IsTrigger);
        TriggerParameter = method.GetParameters().First(parameter => parameter.Name == Trigger.Name);
        Outputs = [.. bindings.Where(binding => binding.Direction == BindingDirection.Out)];
        Definition = new HostFunctionDefinition(this);
    }

    public string Name => Metadata.Name!;

    public string Id => Definition.Id;

    public MethodInfo Method { get; }

    /// <summary>What the worker would tell the Functions host, transformers applied.</summary>
    public IFunctionMetadata Metadata { get; }

    public IReadOnlyList<BindingDescriptor> Bindings { get; }

    /// <summary>What starts it; properties as written, settings not resolved.</summary>
    public BindingDescriptor Trigger { get; }

    /// <summary>The parameter that takes the trigger's value.</summary>
    public ParameterInfo TriggerParameter { get; }

    public IReadOnlyList<BindingDescriptor> Outputs { get; }

    /// <summary>How a failed invocation runs again inside the same call; null for not at all.</summary>
    public IRetryOptions? Retry => Metadata.Retry;

    /// <summary>What the function sees of itself.</summary>
    public HostFunctionDefinition Definition { get; }

    /// <summary>Type of what the method returns, taken out of its task; null for nothing.</summary>
    public Type? ResultType => FunctionResultType.Of(Method);
}
