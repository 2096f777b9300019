using KafkaFunctions.Kafka;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Http;
using KafkaFunctions.SelfHost.Settings;
using KafkaFunctions.Streams.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.Topology;

/// <summary>Reads the app's topology from its functions' bindings and from what the platform knows of their code. Nothing is started or
/// connected.</summary>
internal sealed class TopologyReader(FunctionIndexer indexer, HostJson host, SettingResolver settings, IServiceProvider services)
{
    /// <exception cref="SelfHostException">Functions are wrong; everything wrong is named.</exception>
    public TopologyGraph Read()
    {
        // An app without the platform has neither stores nor dead letters.
        var catalog = services.GetService<ITopologyCatalog>();
        var index = indexer.Read();
        var uses = (catalog?.Functions ?? []).ToDictionary(use => use.Function, StringComparer.OrdinalIgnoreCase);
        List<TopologyFunction> functions =
        [
            .. index.Functions.Select(function => Describe(function, uses.GetValueOrDefault(function.Name), catalog)),
            .. index.Disabled.Select(function => Describe(function, uses.GetValueOrDefault(function.Name), catalog) with { IsDisabled = true }),
        ];
        var known = functions.Select(function => function.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new TopologyGraph(functions, catalog?.ExternalTopics ?? []) { Undefined = [.. uses.Keys.Where(name => !known.Contains(name))] };
    }

    private TopologyFunction Describe(FunctionDescriptor function, FunctionUse? use, ITopologyCatalog? catalog)
    {
        use ??= new FunctionUse(function.Name);
        var trigger = TriggerOf(function);
        List<TopicWrite> writes =
        [
            .. from output in function.Outputs
               where output.IsOfType(BindingTypes.Kafka)
               select new TopicWrite(Resolve(output, "topic"), use.LateOutputs.Contains(output.Name) ? FlowKind.Late : FlowKind.Output),
            .. use.Topics.Select(topic => new TopicWrite(topic, FlowKind.Code)),
        ];
        if (catalog is not null && trigger is TopicTrigger source)
        {
            writes.Add(new TopicWrite(catalog.DeadLetterTopicOf(source.Topic), FlowKind.DeadLetters));
        }

        return new TopologyFunction(function.Name, function.Metadata.EntryPoint!, trigger, [.. writes.Distinct()]) { Use = use };
    }

    private TopologyTrigger TriggerOf(FunctionDescriptor function)
    {
        var trigger = function.Trigger;
        if (trigger.IsOfType(BindingTypes.KafkaTrigger))
        {
            return new TopicTrigger(Resolve(trigger, "topic"), Resolve(trigger, "consumerGroup"));
        }

        if (trigger.IsOfType(BindingTypes.HttpTrigger))
        {
            var route = HttpRoute.Of(function, host.RoutePrefix, settings);
            return new RequestTrigger(route.Methods, "/" + route.Path);
        }

        return new ScheduleTrigger(trigger.GetString("schedule") is { } schedule ? Try(settings.Substitute, schedule) : trigger.Type);
    }

    private string Resolve(BindingDescriptor binding, string property) => Try(settings.Resolve, binding.GetString(property) ?? "");

    /// <summary>Of a function that is disabled, settings may be missing; those of the others are checked before.</summary>
    private static string Try(Func<string, string> resolve, string text)
    {
        try
        {
            return resolve(text);
        }
        catch (Exception unresolvable) when (unresolvable is KafkaSettingsException or SelfHostException)
        {
            return text;
        }
    }
}
