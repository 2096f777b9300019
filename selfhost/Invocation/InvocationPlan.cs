using System.Reflection;
using KafkaFunctions.SelfHost.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>Everything about a function's call that does not change from one invocation to the next.</summary>
internal sealed class InvocationPlan
{
    private readonly MethodInvoker _method;
    private readonly Func<FunctionContext, TriggerInput, object?>[] _parameters;
    private readonly Func<object?, ValueTask<object?>> _readResult;
    private readonly PropertyInfo[] _outputProperties;

    public InvocationPlan(FunctionDescriptor function, ILoggerFactory loggers)
    {
        Function = function;
        Logger = loggers.CreateLogger($"Function.{function.Name}");
        InstanceType = function.Method.IsStatic ? null : function.Method.DeclaringType;
        KafkaOutputs = [.. function.Outputs.Where(output => output.IsOfType(BindingTypes.Kafka))];
        _method = MethodInvoker.Create(function.Method);
        _parameters = [.. function.Method.GetParameters().Select(parameter => ParameterBinder.For(function, parameter))];
        _readResult = ResultReader.For(function.Method);
        _outputProperties =
        [
            .. function.Outputs.Where(output => output.Name != BindingTypes.Return).Select(output =>
                function.ResultType?.GetProperty(output.Name)
                ?? throw new SelfHostException($"Function '{function.Name}': the type that it returns has no property '{output.Name}'. Check the app's IFunctionMetadataTransformer.")),
        ];
    }

    public FunctionDescriptor Function { get; }

    public ILogger Logger { get; }

    /// <summary>The class that the method is called on; null for a static one.</summary>
    public Type? InstanceType { get; }

    public BindingDescriptor[] KafkaOutputs { get; }

    /// <summary>Calls the method; what it throws comes out as it is.</summary>
    public ValueTask<object?> CallAsync(object? instance, FunctionContext context, TriggerInput input)
    {
        var arguments = new object?[_parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = _parameters[i](context, input);
        }

        return _readResult(_method.Invoke(instance, arguments.AsSpan()));
    }

    /// <summary>Moves what the properties of the result hold to the outputs of their names.</summary>
    public void BindOutputs(InvocationOutcome outcome)
    {
        if (_outputProperties.Length == 0 || outcome.Result is not { } result)
        {
            return;
        }

        foreach (var property in _outputProperties)
        {
            if (property.GetValue(result) is { } value)
            {
                outcome.Outputs[property.Name] = value;
            }
        }

        outcome.Result = null;
    }
}
