using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace KafkaFunctions.SelfHost.Functions;

/// <summary>Makes the metadata of a function's method.</summary>
internal static class FunctionMetadataFactory
{
    private const string Language = "dotnet-isolated";

    public static DefaultFunctionMetadata Create(string name, MethodInfo method) => new()
    {
        Name = name,
        EntryPoint = EntryPoint(method),
        ScriptFile = $"{method.Module.Assembly.GetName().Name}.dll",
        Language = Language,
        RawBindings = [.. Bindings(method).Select(binding => binding.ToJsonString())],
        Retry = Retry(method),
    };

    public static string EntryPoint(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";

    private static IEnumerable<JsonObject> Bindings(MethodInfo method)
    {
        var isHttp = false;
        foreach (var parameter in method.GetParameters())
        {
            foreach (var attribute in BindingAttributes(parameter.CustomAttributes))
            {
                isHttp |= attribute.AttributeType == typeof(HttpTriggerAttribute);
                yield return BindingJson.Of(parameter.Name!, attribute, parameter.ParameterType);
            }
        }

        var hasOutput = false;
        foreach (var attribute in BindingAttributes(method.CustomAttributes))
        {
            hasOutput = true;
            yield return BindingJson.Of(BindingTypes.Return, attribute, null);
        }

        foreach (var property in FunctionResultType.OutputPropertiesOf(method))
        {
            foreach (var attribute in BindingAttributes(property.CustomAttributes))
            {
                hasOutput = true;
                yield return attribute.AttributeType == typeof(HttpResultAttribute)
                    ? BindingJson.HttpOutput(property.Name)
                    : BindingJson.Of(property.Name, attribute, null);
            }
        }

        if (isHttp && !hasOutput)
        {
            yield return BindingJson.HttpOutput(BindingTypes.Return);
        }
    }

    private static IEnumerable<CustomAttributeData> BindingAttributes(IEnumerable<CustomAttributeData> attributes) =>
        attributes.Where(attribute => typeof(BindingAttribute).IsAssignableFrom(attribute.AttributeType));

    private static DefaultRetryOptions? Retry(MethodInfo method) => method.GetCustomAttribute<RetryAttribute>() switch
    {
        FixedDelayRetryAttribute retry => new DefaultRetryOptions { MaxRetryCount = retry.MaxRetryCount, DelayInterval = Parse(retry.DelayInterval) },
        ExponentialBackoffRetryAttribute retry => new DefaultRetryOptions
        {
            MaxRetryCount = retry.MaxRetryCount,
            MinimumInterval = Parse(retry.MinimumInterval),
            MaximumInterval = Parse(retry.MaximumInterval),
        },
        _ => null,
    };

    private static TimeSpan Parse(string interval) => TimeSpan.Parse(interval, CultureInfo.InvariantCulture);
}
