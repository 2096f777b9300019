using KafkaFunctions.SelfHost.Topology;
using KafkaFunctions.Streams.Topology;

namespace KafkaFunctions.SelfHost.CommandLine.Topology;

/// <summary>Writes the functions of a topology as a table in Markdown.</summary>
internal static class TopologyMarkdown
{
    public static void Write(TextWriter output, TopologyGraph graph)
    {
        var common = CommonFolder(graph);
        output.Write("| Function | From | To | Consumer group |\n|---|---|---|---|\n");
        foreach (var function in graph.Functions)
        {
            string[] cells = [Code(Path(function, common)), From(function), To(function), function.Trigger is TopicTrigger { Group: { Length: > 0 } group } ? Code(group) : ""];
            output.Write($"|{string.Join('|', cells.Select(Cell))}|\n");
        }
    }

    private static string Cell(string text) => text.Length == 0 ? " " : $" {text.Replace("|", "\\|", StringComparison.Ordinal)} ";

    private static string From(TopologyFunction function)
    {
        IEnumerable<string> sources = [Code(function.Trigger.Text), .. function.StoresBy(StoreAccess.LookUp).Select(Store)];
        return string.Join(", ", function.Use.QueriesStores ? sources.Append("all stores") : sources);
    }

    /// <summary>Dead letters are those of every function with a topic: they are not told one by one.</summary>
    private static string To(TopologyFunction function)
    {
        var topics = function.Writes.Where(write => write.Kind != FlowKind.DeadLetters).Select(write => Code(write.Topic) + (write.Kind == FlowKind.Late ? " (late)" : ""));
        var targets = topics.Concat(function.StoresBy(StoreAccess.Keep).Select(Store));
        return string.Join(", ", function.Use.MaintainsStores ? targets.Append("all stores") : targets);
    }

    private static string Store(string name) => "store " + Code(name);

    private static string Code(string text) => $"`{text}`";

    /// <summary>The function's place among the others, as its class's namespace has it.</summary>
    private static string Path(TopologyFunction function, int common) => string.Join('/', [.. Folders(function).Skip(common), function.Name]);

    private static int CommonFolder(TopologyGraph graph)
    {
        var all = graph.Functions.Select(Folders).ToList();
        return all.Count == 0 ? 0 : Enumerable.Range(0, all.Min(folders => folders.Length)).TakeWhile(depth => all.TrueForAll(folders => folders[depth] == all[0][depth])).Count();
    }

    /// <summary>The parts of the namespace: the entry point without class and method.</summary>
    private static string[] Folders(TopologyFunction function) => function.EntryPoint.Split('.')[..^2];
}
