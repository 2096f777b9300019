using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>One invocation of a function.</summary>
internal sealed class HostFunctionContext : FunctionContext
{
    private IDictionary<object, object>? _items;
    private BindingContext? _binding;
    private string? _invocationId;

    public HostFunctionContext(RunningInvocation running, IServiceProvider services, TraceContext trace, RetryContext retry, CancellationToken cancellationToken)
    {
        Running = running;
        InstanceServices = services;
        TraceContext = trace;
        RetryContext = retry;
        CancellationToken = cancellationToken;
        Features = new HostInvocationFeatures();
        Features.Set(running);
        Features.Set(running.Outcome);
    }

    public override string InvocationId => _invocationId ??= Guid.NewGuid().ToString();

    public override string FunctionId => Running.Plan.Function.Id;

    public override TraceContext TraceContext { get; }

    public override BindingContext BindingContext => _binding ??= new HostBindingContext(Running.Input.Http);

    public override RetryContext RetryContext { get; }

    public override IServiceProvider InstanceServices { get; set; }

    public override FunctionDefinition FunctionDefinition => Running.Plan.Function.Definition;

    public override IDictionary<object, object> Items
    {
        get => _items ??= new Dictionary<object, object>();
        set => _items = value;
    }

    public override IInvocationFeatures Features { get; }

    public override CancellationToken CancellationToken { get; }

    private RunningInvocation Running { get; }
}
