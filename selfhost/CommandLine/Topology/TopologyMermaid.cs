using System.Text;
using KafkaFunctions.SelfHost.Topology;
using KafkaFunctions.Streams.Topology;

namespace KafkaFunctions.SelfHost.CommandLine.Topology;

/// <summary>Writes a topology as a picture for Mermaid: functions are boxes, topics are rounded, stores are cylinders. What is no record's
/// usual way (dead letters, late records, looking into stores) is dotted. On the way from a topic to a function stands the consumer group.</summary>
internal sealed class TopologyMermaid
{
    private const string AllStores = "all stores";

    private readonly TextWriter _output;
    private readonly TopologyGraph _graph;
    private readonly Dictionary<(char Kind, string Name), string> _ids = [];
    private readonly HashSet<string> _used = [];

    private TopologyMermaid(TextWriter output, TopologyGraph graph)
    {
        _output = output;
        _graph = graph;
    }

    public static void Write(TextWriter output, TopologyGraph graph) => new TopologyMermaid(output, graph).Write();

    private void Write()
    {
        Line("flowchart LR", indent: "");
        WriteNodes();
        foreach (var topic in _graph.External)
        {
            Line($"{Outside(topic.Writer)} --> {Topic(topic.Name)}");
        }

        foreach (var function in _graph.Functions)
        {
            WriteTrigger(function);
            WriteTopics(function);
            WriteStores(function);
        }

        WriteDotted();
    }

    private void WriteNodes()
    {
        foreach (var writer in _graph.External.Select(topic => topic.Writer).Distinct())
        {
            Line($"{Outside(writer)}[/{Label(writer)}/]");
        }

        foreach (var function in _graph.Functions)
        {
            Line($"{Function(function.Name)}[{Label(function.IsDisabled ? function.Name + " (disabled)" : function.Name)}]");
        }

        foreach (var topic in _graph.Topics)
        {
            Line($"{Topic(topic.Name)}([{Label(topic.Name)}])");
        }

        foreach (var store in _graph.Stores)
        {
            Line($"{Store(store.Name)}[({Label(store.Name)})]");
        }

        if (_graph.Functions.Any(function => function.Use.QueriesStores || function.Use.MaintainsStores))
        {
            Line($"{Everything()}[({Label(AllStores)})]");
        }
    }

    private void WriteTrigger(TopologyFunction function)
    {
        if (function.Trigger is TopicTrigger { Topic: var topic, Group: var group })
        {
            var edge = group.Length > 0 ? $"-->|{Label(group)}|" : "-->";
            Line($"{Topic(topic)} {edge} {Function(function.Name)}");
        }
        else
        {
            Line($"{Id('i', function.Name)}>{Label(function.Trigger.Text)}] --> {Function(function.Name)}");
        }
    }

    private void WriteTopics(TopologyFunction function)
    {
        foreach (var write in function.Writes)
        {
            var edge = write.Kind switch
            {
                FlowKind.DeadLetters => "-. dead letters .->",
                FlowKind.Late => "-. late .->",
                _ => "-->",
            };
            Line($"{Function(function.Name)} {edge} {Topic(write.Topic)}");
        }
    }

    private void WriteStores(TopologyFunction function)
    {
        foreach (var store in function.StoresBy(StoreAccess.Keep))
        {
            Line($"{Function(function.Name)} --> {Store(store)}");
        }

        foreach (var store in function.StoresBy(StoreAccess.LookUp))
        {
            Line($"{Store(store)} -. looked up .-> {Function(function.Name)}");
        }

        if (function.Use.QueriesStores)
        {
            Line($"{Everything()} -. queried .-> {Function(function.Name)}");
        }

        if (function.Use.MaintainsStores)
        {
            Line($"{Function(function.Name)} -. maintains .-> {Everything()}");
        }
    }

    /// <summary>Topics beside the way of records have a dotted border, and so have functions that do not run.</summary>
    private void WriteDotted()
    {
        string[] dotted =
        [
            .. _graph.Topics.Where(topic => topic.IsSidetrack).Select(topic => Topic(topic.Name)),
            .. _graph.Functions.Where(function => function.IsDisabled).Select(function => Function(function.Name)),
        ];
        if (dotted.Length > 0)
        {
            Line("classDef dotted stroke-dasharray: 3 3");
            Line($"class {string.Join(',', dotted)} dotted");
        }
    }

    private string Function(string name) => Id('f', name);

    private string Topic(string name) => Id('t', name);

    private string Store(string name) => Id('s', name);

    private string Outside(string writer) => Id('x', writer);

    private string Everything() => Id('a', AllStores);

    /// <summary>An id that Mermaid takes for nothing else: a letter for the kind, and what of the name is allowed.</summary>
    private string Id(char kind, string name)
    {
        if (_ids.TryGetValue((kind, name), out var known))
        {
            return known;
        }

        var allowed = new StringBuilder().Append(kind).Append('_');
        foreach (var character in name)
        {
            allowed.Append(char.IsAsciiLetterOrDigit(character) ? character : '_');
        }

        var id = allowed.ToString();
        for (var number = 2; !_used.Add(id); number++)
        {
            id = FormattableString.Invariant($"{allowed}_{number}");
        }

        _ids.Add((kind, name), id);
        return id;
    }

    private static string Label(string text) => '"' + text
        .Replace("#", "#35;", StringComparison.Ordinal)
        .Replace("\"", "#quot;", StringComparison.Ordinal)
        .Replace("<", "#lt;", StringComparison.Ordinal)
        .Replace(">", "#gt;", StringComparison.Ordinal)
        .ReplaceLineEndings(" ") + '"';

    private void Line(string text, string indent = "    ") => _output.Write($"{indent}{text}\n");
}
