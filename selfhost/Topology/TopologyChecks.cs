using KafkaFunctions.SelfHost.CommandLine.Usage;
using KafkaFunctions.Streams.Topology;

namespace KafkaFunctions.SelfHost.Topology;

/// <summary>Finds what is hardly meant in a topology.</summary>
internal static class TopologyChecks
{
    /// <summary>A topic is read, and nobody writes it.</summary>
    public const string NoWriter = "no-writer";

    /// <summary>A topic is said to be written outside, and no function reads it.</summary>
    public const string NoReader = "no-reader";

    /// <summary>A function writes the topic that starts it.</summary>
    public const string OwnInput = "own-input";

    /// <summary>Records of several functions go round.</summary>
    public const string Cycle = "cycle";

    /// <summary>Functions share a consumer group.</summary>
    public const string SharedGroup = "shared-group";

    /// <summary>A function has no consumer group.</summary>
    public const string NoGroup = "no-group";

    /// <summary>A store is looked into, and nobody keeps it.</summary>
    public const string NoKeeper = "no-keeper";

    /// <summary>Functions that know nothing of each other keep one store.</summary>
    public const string SharedStore = "shared-store";

    /// <summary>One of the functions that a join names does not keep its store.</summary>
    public const string HalfJoin = "half-join";

    /// <summary>The stores of a function cannot be read.</summary>
    public const string UnknownStores = "unknown-stores";

    /// <summary>Something is declared of a function that there is not.</summary>
    public const string UnknownFunction = "unknown-function";

    /// <summary>All that is to be said, each once.</summary>
    public static IReadOnlyList<TopologyWarning> Run(TopologyGraph graph) =>
    [
        .. UnwrittenTopics(graph),
        .. UnreadTopics(graph),
        .. OwnInputs(graph),
        .. Cycles(graph),
        .. Groups(graph),
        .. Stores(graph),
        .. Declarations(graph),
    ];

    private static IEnumerable<TopologyWarning> UnwrittenTopics(TopologyGraph graph)
    {
        var orphans = graph.Topics.Where(topic => topic.Readers.Count == 0 && !topic.IsSidetrack).Select(topic => topic.Name).ToList();
        foreach (var topic in graph.Topics.Where(topic => topic.Readers.Count > 0 && topic.Writers.Count == 0 && topic.External.Count == 0))
        {
            var meant = Suggestion.Nearest(topic.Name, orphans) is { } nearest ? $" Did you mean '{nearest}', which nobody reads?" : "";
            yield return new(NoWriter, $"Topic '{topic.Name}' is read by {List(topic.Readers)}, and nobody writes it.{meant} If somebody outside of the app does, say so: services.Configure<TopologyOptions>(topology => topology.WrittenOutside(\"{topic.Name}\", \"who\")).");
        }
    }

    private static IEnumerable<TopologyWarning> UnreadTopics(TopologyGraph graph) =>
        from topic in graph.Topics
        where topic.External.Count > 0 && topic.Readers.Count == 0
        select new TopologyWarning(NoReader, $"Topic '{topic.Name}' is said to be written outside (by {List(topic.External)}), and no function reads it. Correct its name in WrittenOutside, or take it out.");

    private static IEnumerable<TopologyWarning> OwnInputs(TopologyGraph graph) =>
        from function in graph.Functions
        where function.Writes.Any(write => write.Topic == function.Source)
        select new TopologyWarning(OwnInput, $"{function.Name} writes topic '{function.Source}', which it reads itself: what it writes comes back to it, for ever unless it stops by itself. Give it an output topic of its own.");

    private static IEnumerable<TopologyWarning> Cycles(TopologyGraph graph) =>
        from cycle in FlowOrder.FindCycles(graph.Functions)
        let way = string.Concat(cycle.Select(step => $"{step.Function.Name} -> {step.Write.Topic} -> "))
        select new TopologyWarning(Cycle, $"Records go round: {way}{cycle[0].Function.Name}. See that each leaves the circle at some time, or write to another topic.");

    private static IEnumerable<TopologyWarning> Groups(TopologyGraph graph)
    {
        foreach (var group in graph.Groups.Where(group => group.Members.Count > 1))
        {
            var members = List(group.Members.Select(member => $"{member.Function} ({member.Topic})"));
            var effect = group.Members.DistinctBy(member => member.Topic).Count() < group.Members.Count
                ? "of a topic that several of them read, each gets a part of the records"
                : "whenever one starts or stops, the partitions of the others are assigned anew";
            yield return new(SharedGroup, $"{members} share the consumer group '{group.Name}': {effect}. Give each function a ConsumerGroup of its own.");
        }

        foreach (var function in graph.Functions.Where(function => function.Trigger is TopicTrigger { Group.Length: 0 }))
        {
            yield return new(NoGroup, $"{function.Name} has no consumer group: on the Functions host it would share '$Default' with others like it, and the self-host does not start. Write ConsumerGroup = \"...\" in its [KafkaTrigger].");
        }
    }

    private static IEnumerable<TopologyWarning> Stores(TopologyGraph graph)
    {
        foreach (var store in graph.Stores)
        {
            if (store.KeptBy.Count == 0)
            {
                var meant = Suggestion.Nearest(store.Name, graph.Stores.Where(other => other.KeptBy.Count > 0).Select(other => other.Name)) is { } nearest ? $" Did you mean '{nearest}'?" : "";
                yield return new(NoKeeper, $"{List(store.LookedUpBy)} looks keys up in store '{store.Name}', and no function keeps it.{meant}");
                continue;
            }

            var joined = PartnersOf(graph, store.Name);
            var strangers = store.KeptBy.Except(joined).ToList();
            if (strangers.Count > 0 && store.KeptBy.Count > 1)
            {
                yield return new(SharedStore, $"{List(store.KeptBy)} keep store '{store.Name}', which can belong to one function, or the two of a join. Name another store in one of them.");
            }

            foreach (var missing in joined.Except(store.KeptBy))
            {
                yield return new(HalfJoin, $"Store '{store.Name}' is that of a join with {missing}, which does not keep it. Check the names of the functions in the join, and that {missing} runs the other side.");
            }
        }
    }

    private static IEnumerable<TopologyWarning> Declarations(TopologyGraph graph)
    {
        foreach (var function in graph.Functions.Where(function => function.Use.IsUnreadable))
        {
            yield return new(UnknownStores, $"The stores of {function.Name} are not known: its class cannot be created here. Make its StreamProcessor a static field, or register what its constructor takes.");
        }

        foreach (var name in graph.Undefined)
        {
            yield return new(UnknownFunction, $"Topics are said to be written by '{name}', and the app has no such function. Correct its name in WrittenBy.");
        }
    }

    /// <summary>The functions that joins in the store name.</summary>
    private static List<string> PartnersOf(TopologyGraph graph, string store) =>
    [
        .. graph.Functions.SelectMany(function => function.Use.Stores)
            .Where(use => use.Access == StoreAccess.Keep && use.Store == store)
            .SelectMany(use => use.Functions)
            .Distinct(),
    ];

    private static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
