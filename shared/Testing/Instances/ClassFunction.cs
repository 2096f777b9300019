using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Invocation;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Testing.Instances;

/// <summary>A method with <c>[Function]</c>.</summary>
internal sealed class ClassFunction(FunctionDescriptor descriptor, string topic, string group) : TestFunction(descriptor.Name, topic, group)
{
    public override async Task InvokeAsync(AppInstance instance, KafkaRecord[] records, CancellationToken cancellationToken)
    {
        if (descriptor.Trigger.IsBatched)
        {
            await instance.Invoker.InvokeAsync(descriptor, new TriggerInput(records), cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var record in records)
        {
            await instance.Invoker.InvokeAsync(descriptor, new TriggerInput(record), cancellationToken).ConfigureAwait(false);
        }
    }
}
