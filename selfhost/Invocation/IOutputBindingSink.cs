using KafkaFunctions.SelfHost.Functions;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>Takes what the middleware left in a Kafka output: the part of the Functions host's output binding.</summary>
internal interface IOutputBindingSink
{
    /// <summary>Sends the value; when it returns, the value is delivered.</summary>
    ValueTask SendAsync(FunctionDescriptor function, BindingDescriptor output, object value, CancellationToken cancellationToken);
}
