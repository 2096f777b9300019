using KafkaFunctions.SelfHost.Invocation;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Testing.Instances;

/// <summary>An invocation as far as middleware and functions look at it.</summary>
internal sealed class ProcessorContext : FunctionContext
{
    public ProcessorContext(FunctionDefinition function, IServiceProvider services)
    {
        FunctionDefinition = function;
        InstanceServices = services;
        Features = new HostInvocationFeatures();
        Features.Set(Outcome);
    }

    public InvocationOutcome Outcome { get; } = new();

    public override string InvocationId => "";

    public override string FunctionId => FunctionDefinition.Id;

    public override TraceContext TraceContext => throw new NotSupportedException();

    public override BindingContext BindingContext => throw new NotSupportedException();

    public override RetryContext RetryContext => throw new NotSupportedException();

    public override IServiceProvider InstanceServices { get; set; }

    public override FunctionDefinition FunctionDefinition { get; }

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; }
}
