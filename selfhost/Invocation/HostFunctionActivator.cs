using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>Makes a function's object from the invocation's services, one per invocation.</summary>
internal sealed class HostFunctionActivator : IFunctionActivator
{
    private readonly ConcurrentDictionary<Type, ObjectFactory> _factories = [];

    public object? CreateInstance(Type instanceType, FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(instanceType);
        ArgumentNullException.ThrowIfNull(context);
        var create = _factories.GetOrAdd(instanceType, type => ActivatorUtilities.CreateFactory(type, []));
        return create(context.InstanceServices, null);
    }
}
