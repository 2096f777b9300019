using System.ComponentModel;
using System.Reflection;
using KafkaFunctions.SelfHost.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>Says, once per function, where each parameter's value comes from.</summary>
internal static class ParameterBinder
{
    /// <summary>Whether a parameter that is not the trigger can be bound.</summary>
    public static bool Supports(Type type, bool isHttp) =>
        type == typeof(FunctionContext) || type == typeof(CancellationToken) || (isHttp && (type == typeof(HttpRequest) || IsSimple(type)));

    /// <summary>Reads a parameter's value from an invocation.</summary>
    public static Func<FunctionContext, TriggerInput, object?> For(FunctionDescriptor function, ParameterInfo parameter)
    {
        if (parameter.Name == function.Trigger.Name)
        {
            return function.Trigger.IsOfType(BindingTypes.KafkaTrigger)
                ? KafkaTriggerValue.Converter(parameter.ParameterType, function.Trigger) is { } convert ? (_, input) => convert(input.Value!) : TriggerValue
                : TriggerValue;
        }

        return parameter.ParameterType switch
        {
            var type when type == typeof(FunctionContext) => (context, _) => context,
            var type when type == typeof(CancellationToken) => (context, _) => context.CancellationToken,
            var type when type == typeof(HttpRequest) => (_, input) => input.Http?.Request,
            _ => (context, _) => FromBindingData(function, parameter, context),
        };
    }

    private static object? TriggerValue(FunctionContext context, TriggerInput input) => input.Value;

    private static bool IsSimple(Type type) =>
        type == typeof(string) || (type.IsValueType && TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)));

    private static object? FromBindingData(FunctionDescriptor function, ParameterInfo parameter, FunctionContext context)
    {
        if (!context.BindingContext.BindingData.TryGetValue(parameter.Name!, out var data) || data is not string text)
        {
            return parameter.HasDefaultValue ? parameter.DefaultValue
                : IsNullable(parameter.ParameterType) ? null
                : throw new FunctionInputConverterException(
                    $"Function '{function.Name}': there is no value for the parameter '{parameter.Name}'. Give it a default value or make it nullable.");
        }

        try
        {
            return TypeDescriptor.GetConverter(parameter.ParameterType).ConvertFromInvariantString(text);
        }
        catch (Exception unfit) when (unfit is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new FunctionInputConverterException(
                $"Function '{function.Name}': the value of the parameter '{parameter.Name}' is not of type {parameter.ParameterType.Name}.", unfit);
        }
    }

    private static bool IsNullable(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
}
