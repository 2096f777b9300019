using System.Collections.Concurrent;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Invocation;

namespace KafkaFunctions.Worker.Tests;

/// <summary>Keeps what the middleware left for the host's output binding.</summary>
internal sealed class RecordingSink : IOutputBindingSink
{
    public ConcurrentDictionary<string, object> Left { get; } = new();

    public ValueTask SendAsync(FunctionDescriptor function, BindingDescriptor output, object value, CancellationToken cancellationToken)
    {
        Left[output.Name] = value;
        return ValueTask.CompletedTask;
    }
}
