using System.Reflection;
using KafkaFunctions.Kafka;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.State.Queries;
using KafkaFunctions.Streams.Topology;
using KafkaFunctions.Worker.Maintenance;
using KafkaFunctions.Worker.Queries;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Catalog;

/// <summary>What the app's functions use: read from their processors, from what their classes ask for, and from what the app declares.</summary>
internal sealed class TopologyCatalog(Func<Type[]> functions, StoreCatalog stores, IOptions<TopologyOptions> options, IConfiguration configuration) : ITopologyCatalog
{
    private const BindingFlags AnyMethod = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public IReadOnlyList<FunctionUse> Functions => [.. NamesWithTypes().GroupBy(function => function.Name, function => function.Type, StringComparer.OrdinalIgnoreCase).Select(Read), .. Unknown()];

    public IReadOnlyList<ExternalTopic> ExternalTopics => [.. options.Value.ExternalTopics.Select(topic => topic with { Name = Resolve(topic.Name) })];

    public string DeadLetterTopicOf(string topic) => topic + KafkaTriggerBinding.DeadLetterSuffix;

    private IEnumerable<(string Name, Type Type)> NamesWithTypes() =>
        from type in functions()
        from method in type.GetMethods(AnyMethod)
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        select (function.Name, type);

    private FunctionUse Read(IGrouping<string, Type> function)
    {
        List<StreamProcessor> processors = [.. stores.Processors.Where(entry => entry.Function == function.Key).Select(entry => entry.Processor)];
        return new FunctionUse(function.Key)
        {
            Stores = [.. processors.SelectMany(processor => processor.StoreUses)],
            LateOutputs = [.. processors.SelectMany(processor => processor.LateOutputs)],
            Topics = TopicsOf(function.Key),
            QueriesStores = function.Any(type => AsksFor(type, typeof(StateQueries)) || AsksFor(type, typeof(StateReader))),
            MaintainsStores = function.Any(type => AsksFor(type, typeof(StateUpkeep))),
            IsUnreadable = stores.Unreadable.Contains(function.Key),
        };
    }

    /// <summary>Declared functions that the app does not have: a name is misspelt.</summary>
    private IEnumerable<FunctionUse> Unknown() => options.Value.Writes
        .Select(write => write.Function)
        .Except(NamesWithTypes().Select(function => function.Name), StringComparer.OrdinalIgnoreCase)
        .Select(name => new FunctionUse(name) { Topics = TopicsOf(name) });

    private string[] TopicsOf(string function) =>
        [.. options.Value.Writes.Where(write => write.Function.Equals(function, StringComparison.OrdinalIgnoreCase)).Select(write => write.Topic).Distinct()];

    private static bool AsksFor(Type type, Type service) =>
        type.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == service));

    /// <summary>As the binding that reads it is resolved. One that has no value is told by whoever reads it.</summary>
    private string Resolve(string topic)
    {
        try
        {
            return SettingReferences.Resolve(configuration, topic);
        }
        catch (KafkaSettingsException)
        {
            return topic;
        }
    }
}
