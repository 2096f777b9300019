using System.Reflection;
using KafkaFunctions.Kafka;
using KafkaFunctions.Streams.Identity;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.Worker.Catalog;

/// <summary>The app's functions with their Kafka bindings, read from the attributes: the worker's own function definition does
/// not carry topics. Immutable.</summary>
internal sealed class FunctionCatalog
{
    private readonly Dictionary<string, FunctionEntry> _functions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, FunctionEntry> _consumers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<string>> _writers = new(StringComparer.Ordinal);

    /// <param name="functions">The functions that this process runs.</param>
    /// <param name="elsewhere">The app's other functions: disabled here, perhaps run by another process.</param>
    public FunctionCatalog(IReadOnlyCollection<FunctionEntry> functions, IEnumerable<FunctionEntry>? elsewhere = null)
    {
        foreach (var function in functions)
        {
            _functions[function.Name] = function;
        }

        foreach (var function in functions.Concat(elsewhere ?? []))
        {
            Add(function);
        }
    }

    public IEnumerable<FunctionEntry> Functions => _functions.Values;

    /// <summary>The functions that a topic triggers, those that run elsewhere, or nowhere, included.</summary>
    public IEnumerable<FunctionEntry> Consumers => _consumers.Values;

    public FunctionEntry? Find(string name) => _functions.GetValueOrDefault(name);

    /// <summary>The topic that triggers a function, one that runs elsewhere included; null where none does.</summary>
    public string? TopicOf(string function) => _consumers.GetValueOrDefault(function)?.Trigger!.Topic;

    /// <summary>Names of the functions that write a topic, those that run elsewhere included: what a process calls its outputs
    /// must not depend on which functions it runs.</summary>
    public IReadOnlyList<string> WritersOf(string topic) => _writers.GetValueOrDefault(topic, []);

    /// <summary>Which identities of a function's source topic count (design rule 1).</summary>
    public HonouredIdentities HonouredBy(FunctionEntry function, string application) =>
        function.Trigger is null ? HonouredIdentities.None : new HonouredIdentities(application, WritersOf(function.Trigger.Topic));

    public static FunctionCatalog Read(Assembly assembly, IConfiguration configuration) => Read(assembly.GetTypes(), configuration);

    public static FunctionCatalog Read(IEnumerable<Type> types, IConfiguration configuration)
    {
        const BindingFlags AnyMethod = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        List<FunctionEntry> functions = [];
        List<FunctionEntry> elsewhere = [];
        foreach (var method in types.SelectMany(type => type.GetMethods(AnyMethod)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>()?.Name is not { } name)
            {
                continue;
            }

            var isEnabled = IsEnabled(name, configuration);
            try
            {
                (isEnabled ? functions : elsewhere).Add(new FunctionEntry(name, ReadTrigger(method, configuration), [.. ReadOutputs(method, configuration)]));
            }
            catch (KafkaSettingsException) when (!isEnabled)
            {
                // A function that does not run here needs no settings here.
            }
        }

        return new FunctionCatalog(functions, elsewhere);
    }

    /// <summary>Checks what acknowledged delivery relies on: there is one publisher, for one broker.</summary>
    /// <exception cref="KafkaSettingsException">An output goes to another broker.</exception>
    public FunctionCatalog RequireOneBroker(IConfiguration configuration)
    {
        var broker = SettingReferences.Resolve(configuration, $"%{KafkaSettingNames.BrokerList}%");
        string[] errors =
        [
            .. from function in Functions
               from output in function.Outputs
               where output.Broker != broker
               orderby function.Name
               select $"Output '{output.Binding}' of {function.Name} goes to broker '{output.Broker}', but {KafkaSettingNames.BrokerList} is '{broker}'. "
                   + $"Write \"%{KafkaSettingNames.BrokerList}%\" in its [KafkaOutput], or set Kafka__OutputDelivery=Binding.",
        ];
        return errors.Length == 0 ? this : throw new KafkaSettingsException(errors);
    }

    private void Add(FunctionEntry function)
    {
        if (function.Trigger is not null)
        {
            _consumers.TryAdd(function.Name, function);
        }

        foreach (var output in function.Outputs)
        {
            if (!_writers.TryGetValue(output.Topic, out var writers))
            {
                _writers.Add(output.Topic, writers = []);
            }

            if (!writers.Contains(function.Name))
            {
                writers.Add(function.Name);
            }
        }
    }

    /// <summary>Whether this process runs the function: neither disabled nor left out by <c>--functions</c>.</summary>
    private static bool IsEnabled(string function, IConfiguration configuration)
    {
        var selected = configuration.GetSection("AzureFunctionsJobHost:functions").GetChildren().Select(child => child.Value).ToList();
        return (selected.Count == 0 || selected.Contains(function, StringComparer.OrdinalIgnoreCase)) && !IsDisabled(function, configuration);
    }

    /// <summary>The switch's name has dots, for which App Service puts underscores on Linux; shells know sections only.</summary>
    private static bool IsDisabled(string function, IConfiguration configuration) =>
        ((string[])[$"AzureWebJobs.{function}.Disabled", $"AzureWebJobs_{function}_Disabled", $"AzureWebJobs:{function}:Disabled"])
            .Select(name => configuration[name])
            .Any(value => value is "1" || string.Equals(value, bool.TrueString, StringComparison.OrdinalIgnoreCase));

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
