using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>Makes a function's object from the invocation's services, one per invocation.</summary>
internal sealed class HostFunctionActivator : IFunctionActivator
{
    public object? CreateInstance(Type instanceType, FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(instanceType);
        ArgumentNullException.ThrowIfNull(context);

        // Not by a factory: compiling one is most of the first invocation's time.
        return ActivatorUtilities.CreateInstance(context.InstanceServices, instanceType);
    }
}
