using System.Reflection;
using KafkaFunctions.SelfHost.Invocation;
using KafkaFunctions.SelfHost.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace KafkaFunctions.SelfHost.Functions;

/// <summary>What must hold of a function before the host starts. Every breach is one message that names the function and the fix.</summary>
internal sealed class FunctionRules(SettingResolver settings)
{
    private const string BrokerList = "brokerList";

    /// <summary>What is wrong with the bindings as a whole; with any of it there is no descriptor.</summary>
    public static IEnumerable<string> CheckBindings(string name, MethodInfo method, IReadOnlyList<BindingDescriptor> bindings)
    {
        var triggers = bindings.Where(binding => binding.IsTrigger).ToArray();
        if (triggers.Length == 0)
        {
            yield return $"Function '{name}' has no trigger. Put [KafkaTrigger], [HttpTrigger] or [TimerTrigger] on one of its parameters.";
        }

        if (triggers.Length > 1)
        {
            yield return $"Function '{name}' has {triggers.Length} triggers ({string.Join(", ", triggers.Select(trigger => $"{trigger.Type} '{trigger.Name}'"))}). A function has exactly one: make a function of each.";
        }

        if (triggers.Length == 1 && method.GetParameters().All(parameter => parameter.Name != triggers[0].Name))
        {
            yield return $"Function '{name}': its trigger '{triggers[0].Name}' is not a parameter of {method.Name}.";
        }

        var outputs = bindings.Where(binding => binding.Direction == BindingDirection.Out).ToArray();
        if (outputs.Length > 1 && outputs.Any(output => output.Name == BindingTypes.Return))
        {
            yield return $"Function '{name}' has an output on the method and others. Put all of them on properties of the returned type.";
        }
    }

    /// <summary>What is wrong with the parts of a function.</summary>
    public IEnumerable<string> Check(FunctionDescriptor function) =>
        [.. CheckTrigger(function), .. CheckParameters(function), .. CheckOutputs(function), .. CheckResult(function), .. CheckSettings(function)];

    private static IEnumerable<string> CheckTrigger(FunctionDescriptor function)
    {
        var type = function.TriggerParameter.ParameterType;
        var batched = function.Trigger.IsBatched;
        if (function.Trigger.IsOfType(BindingTypes.KafkaTrigger))
        {
            if (batched && (!type.IsArray || type == typeof(byte[])))
            {
                yield return $"Function '{function.Name}': with IsBatched = true the parameter '{function.Trigger.Name}' must be an array, such as KafkaRecord[]; it is {Display(type)}.";
            }
            else if (!batched && type.IsArray && type != typeof(byte[]))
            {
                yield return $"Function '{function.Name}': the parameter '{function.Trigger.Name}' is an array, so write IsBatched = true in its [KafkaTrigger].";
            }
            else if (!KafkaTriggerValue.Supports(batched ? type.GetElementType()! : type))
            {
                yield return Unsupported(function, function.TriggerParameter, "KafkaRecord, string or byte[], or an array of them with IsBatched = true");
            }
        }
        else if (function.Trigger.IsOfType(BindingTypes.TimerTrigger) && type != typeof(TimerInfo))
        {
            yield return Unsupported(function, function.TriggerParameter, nameof(TimerInfo));
        }
        else if (function.Trigger.IsOfType(BindingTypes.HttpTrigger) && type != typeof(HttpRequest))
        {
            yield return Unsupported(function, function.TriggerParameter, "Microsoft.AspNetCore.Http.HttpRequest");
        }
    }

    private static IEnumerable<string> CheckParameters(FunctionDescriptor function)
    {
        var isHttp = function.Trigger.IsOfType(BindingTypes.HttpTrigger);
        foreach (var parameter in function.Method.GetParameters())
        {
            if (parameter.Name != function.Trigger.Name && !ParameterBinder.Supports(parameter.ParameterType, isHttp))
            {
                yield return Unsupported(
                    function,
                    parameter,
                    isHttp ? "FunctionContext, CancellationToken, HttpRequest, or a text or number of the route" : "FunctionContext or CancellationToken (take services, loggers too, by the constructor)");
            }
        }
    }

    private static IEnumerable<string> CheckOutputs(FunctionDescriptor function) =>
        from output in function.Outputs
        where !output.IsOfType(BindingTypes.Kafka) && !output.IsOfType(BindingTypes.Http)
        select $"Function '{function.Name}': this host has no output of type '{output.Type}' ('{output.Name}'). It has [KafkaOutput] and HTTP results.";

    /// <summary>Outputs that the worker's SDK does not see: what the function returns in them would be lost on the Functions host.</summary>
    private static IEnumerable<string> CheckResult(FunctionDescriptor function)
    {
        var result = function.ResultType;
        foreach (var output in result?.GetProperties().Where(property => property.IsDefined(typeof(BindingAttribute), inherit: true)) ?? [])
        {
            if (FunctionResultType.IsInValueTask(function.Method))
            {
                yield return $"Function '{function.Name}': the output '{output.Name}' is not found behind ValueTask. Return Task<{result!.Name}>.";
            }
            else if (output.DeclaringType != result)
            {
                yield return $"Function '{function.Name}': the output '{output.Name}' is inherited from {output.DeclaringType!.Name}, and only properties of the returned type itself are outputs. Declare it in {result!.Name}.";
            }
        }
    }

    private IEnumerable<string> CheckSettings(FunctionDescriptor function)
    {
        foreach (var binding in function.Bindings)
        {
            foreach (var (property, text) in binding.Texts)
            {
                if (property != BrokerList && Failure(text) is { } failure)
                {
                    yield return $"Function '{function.Name}', {property} of {binding.Type} '{binding.Name}': {failure}";
                }
            }
        }
    }

    private string? Failure(string text)
    {
        try
        {
            _ = settings.Substitute(text);
            return null;
        }
        catch (SelfHostException unresolvable)
        {
            return unresolvable.Message;
        }
    }

    private static string Unsupported(FunctionDescriptor function, ParameterInfo parameter, string supported) =>
        $"Function '{function.Name}': the parameter '{parameter.Name}' is of type {Display(parameter.ParameterType)}, which cannot be bound here. Use {supported}.";

    private static string Display(Type type) => type.IsArray ? $"{Display(type.GetElementType()!)}[]" : type.Name;
}
