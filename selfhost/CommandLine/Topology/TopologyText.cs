using KafkaFunctions.SelfHost.CommandLine.Output;
using KafkaFunctions.SelfHost.Topology;
using KafkaFunctions.Streams.Topology;

namespace KafkaFunctions.SelfHost.CommandLine.Topology;

/// <summary>Writes a topology as tables of text.</summary>
internal static class TopologyText
{
    private const string Nothing = "-";

    public static void Write(TextWriter output, TopologyGraph graph)
    {
        WriteTable(output, [new("Function"), new("Trigger"), new("Writes"), new("Stores")], graph.Functions.Select(FunctionRow));
        WriteTable(output, [new("Topic"), new("Written by"), new("Read by")], graph.Topics.Select(TopicRow), isFirst: false);
        WriteTable(output, [new("Group"), new("Function"), new("Topic")], graph.Groups.SelectMany(group => group.Members, (group, member) => new[] { group.Name, member.Function, member.Topic }), isFirst: false);
        WriteTable(output, [new("Store"), new("Kept by"), new("Looked up by"), new("Kind")], graph.Stores.Select(StoreRow), isFirst: false);
    }

    private static void WriteTable(TextWriter output, IReadOnlyList<TableColumn> columns, IEnumerable<string[]> rows, bool isFirst = true)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }

        if (!isFirst)
        {
            output.Write('\n');
        }

        PlainTable.Write(output, columns, all);
    }

    /// <summary>Dead letters are with the topics: every function with a topic has them, and the rows would be too long.</summary>
    private static string[] FunctionRow(TopologyFunction function) =>
    [
        function.IsDisabled ? function.Name + " (disabled)" : function.Name,
        function.Trigger.Text,
        List(function.Writes.Where(write => write.Kind != FlowKind.DeadLetters).Select(write => write.Topic + Note(write.Kind))),
        List(StoresOf(function)),
    ];

    private static string[] TopicRow(TopologyTopic topic) =>
    [
        topic.Name,
        List(topic.External.Select(writer => $"outside: {writer}").Concat(topic.Writers.Select(writer => writer.Function + Note(writer.Kind)))),
        List(topic.Readers),
    ];

    private static string[] StoreRow(TopologyStore store) => [store.Name, List(store.KeptBy), List(store.LookedUpBy), store.Kind ?? Nothing];

    private static IEnumerable<string> StoresOf(TopologyFunction function)
    {
        foreach (var store in function.StoresBy(StoreAccess.Keep))
        {
            yield return "keeps " + store;
        }

        foreach (var store in function.StoresBy(StoreAccess.LookUp))
        {
            yield return "looks up " + store;
        }

        if (function.Use.QueriesStores)
        {
            yield return "queries all";
        }

        if (function.Use.MaintainsStores)
        {
            yield return "maintains all";
        }
    }

    private static string Note(FlowKind kind) => kind switch
    {
        FlowKind.DeadLetters => " (dead letters)",
        FlowKind.Late => " (late)",
        _ => "",
    };

    private static string List(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : Nothing;
}
