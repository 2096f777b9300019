using KafkaFunctions.Streams.Topology;

namespace KafkaFunctions.SelfHost.Topology;

/// <summary>The app's functions, and the topics, consumer groups and stores between them. Immutable.</summary>
internal sealed class TopologyGraph
{
    /// <param name="functions">The functions, in any order.</param>
    /// <param name="external">Topics that somebody outside writes.</param>
    public TopologyGraph(IReadOnlyCollection<TopologyFunction> functions, IReadOnlyList<ExternalTopic> external)
    {
        Functions = FlowOrder.Of([.. functions.OrderBy(function => function.Name, StringComparer.Ordinal)]);
        External = external;
        Topics = [.. FindTopics()];
        Groups = [.. FindGroups().OrderBy(group => group.Name, StringComparer.Ordinal)];
        Stores = [.. FindStores().OrderBy(store => store.Name, StringComparer.Ordinal)];
    }

    /// <summary>The functions: before a function come those whose records reach it, as far as there is no cycle.</summary>
    public IReadOnlyList<TopologyFunction> Functions { get; }

    /// <summary>Topics that somebody outside writes.</summary>
    public IReadOnlyList<ExternalTopic> External { get; }

    /// <summary>Functions of which something is declared, and that the app does not have. Default none.</summary>
    public IReadOnlyList<string> Undefined { get; init; } = [];

    /// <summary>The topics, by name.</summary>
    public IReadOnlyList<TopologyTopic> Topics { get; }

    /// <summary>The consumer groups, by name.</summary>
    public IReadOnlyList<TopologyGroup> Groups { get; }

    /// <summary>The stores, by name.</summary>
    public IReadOnlyList<TopologyStore> Stores { get; }

    private IEnumerable<TopologyTopic> FindTopics()
    {
        var writers = Functions.SelectMany(function => function.Writes, (function, write) => (write.Topic, Writer: (function.Name, write.Kind))).ToLookup(write => write.Topic, write => write.Writer);
        var readers = Functions.Where(function => function.Source is not null).ToLookup(function => function.Source!, function => function.Name);
        var external = External.ToLookup(topic => topic.Name, topic => topic.Writer);
        return from topic in writers.Select(topic => topic.Key).Union(readers.Select(topic => topic.Key)).Union(external.Select(topic => topic.Key)).Order(StringComparer.Ordinal)
               select new TopologyTopic(topic, [.. writers[topic].Distinct()], [.. readers[topic]], [.. external[topic].Distinct()]);
    }

    private IEnumerable<TopologyGroup> FindGroups() =>
        from function in Functions
        let trigger = function.Trigger as TopicTrigger
        where trigger is { Group.Length: > 0 }
        group (function.Name, trigger.Topic) by trigger.Group into members
        select new TopologyGroup(members.Key, [.. members]);

    private IEnumerable<TopologyStore> FindStores() =>
        from use in Functions.SelectMany(function => function.Use.Stores, (function, use) => (Function: function.Name, Use: use))
        group use by use.Use.Store into uses
        let kept = uses.Where(use => use.Use.Access == StoreAccess.Keep)
        let lookedUp = uses.Where(use => use.Use.Access == StoreAccess.LookUp)
        select new TopologyStore(
            uses.Key,
            kept.Select(use => use.Use.Kind).FirstOrDefault(),
            [.. kept.Select(use => use.Function)],
            [.. lookedUp.Select(use => use.Function)]);
}
