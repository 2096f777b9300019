using System.Collections.Frozen;
using System.Reflection;
using KafkaFunctions.Kafka;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.Worker.Catalog;

/// <summary>The app's functions with their Kafka bindings, read from the attributes: the worker's own function definition does
/// not carry topics. Immutable.</summary>
internal sealed class FunctionCatalog
{
    private readonly FrozenDictionary<string, FunctionEntry> _functions;

    public FunctionCatalog(IEnumerable<FunctionEntry> functions) =>
        _functions = functions.ToFrozenDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<FunctionEntry> Functions => _functions.Values;

    public FunctionEntry? Find(string name) => _functions.GetValueOrDefault(name);

    /// <summary>Names of the functions that write a topic.</summary>
    public IReadOnlyList<string> WritersOf(string topic) =>
        [.. _functions.Values.Where(function => function.Outputs.Any(output => output.Topic == topic)).Select(function => function.Name)];

    public static FunctionCatalog Read(Assembly assembly, IConfiguration configuration)
    {
        const BindingFlags AnyMethod = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;
        return new FunctionCatalog(
            from type in assembly.GetTypes()
            from method in type.GetMethods(AnyMethod)
            let function = method.GetCustomAttribute<FunctionAttribute>()
            where function is not null && IsEnabled(function.Name, configuration)
            select new FunctionEntry(function.Name, ReadTrigger(method, configuration), [.. ReadOutputs(method, configuration)]));
    }

    /// <summary>Whether this process runs the function: neither disabled nor left out by <c>--functions</c>.</summary>
    private static bool IsEnabled(string function, IConfiguration configuration)
    {
        var selected = configuration.GetSection("AzureFunctionsJobHost:functions").GetChildren().Select(child => child.Value).ToList();
        var disabled = configuration[$"AzureWebJobs.{function}.Disabled"] ?? configuration[$"AzureWebJobs:{function}:Disabled"];
        return (selected.Count == 0 || selected.Contains(function, StringComparer.OrdinalIgnoreCase))
            && disabled is not "1"
            && !string.Equals(disabled, bool.TrueString, StringComparison.OrdinalIgnoreCase);
    }

    private static KafkaTriggerBinding? ReadTrigger(MethodInfo method, IConfiguration configuration) =>
        method.GetParameters()
            .Select(parameter => parameter.GetCustomAttribute<KafkaTriggerAttribute>())
            .OfType<KafkaTriggerAttribute>()
            .Select(trigger => new KafkaTriggerBinding(
                SettingReferences.Resolve(configuration, trigger.BrokerList),
                SettingReferences.Resolve(configuration, trigger.Topic),
                SettingReferences.Resolve(configuration, trigger.ConsumerGroup ?? "")))
            .FirstOrDefault();

    private static IEnumerable<KafkaOutputBinding> ReadOutputs(MethodInfo method, IConfiguration configuration)
    {
        if (method.GetCustomAttribute<KafkaOutputAttribute>() is { } single)
        {
            yield return Resolve(KafkaOutputBinding.Return, single);
            yield break;
        }

        foreach (var property in ResultType(method).GetProperties())
        {
            if (property.GetCustomAttribute<KafkaOutputAttribute>() is { } output)
            {
                yield return Resolve(property.Name, output);
            }
        }

        KafkaOutputBinding Resolve(string binding, KafkaOutputAttribute output) => new(
            binding,
            SettingReferences.Resolve(configuration, output.BrokerList),
            SettingReferences.Resolve(configuration, output.Topic));
    }

    private static Type ResultType(MethodInfo method)
    {
        var type = method.ReturnType;
        return type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            ? type.GetGenericArguments()[0]
            : type;
    }
}
