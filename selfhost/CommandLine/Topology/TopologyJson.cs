using System.Text.Json;
using KafkaFunctions.SelfHost.CommandLine.Output;
using KafkaFunctions.SelfHost.Topology;
using KafkaFunctions.Streams.Topology;

namespace KafkaFunctions.SelfHost.CommandLine.Topology;

/// <summary>Writes a topology as one JSON document on one line.</summary>
internal static class TopologyJson
{
    public static void Write(TextWriter output, TopologyGraph graph, IReadOnlyList<TopologyWarning> warnings)
    {
        using var writer = new JsonLineWriter(output);
        writer.Write((graph, warnings), Write);
    }

    private static void Write(Utf8JsonWriter json, (TopologyGraph Graph, IReadOnlyList<TopologyWarning> Warnings) topology)
    {
        json.WriteStartObject();
        WriteAll(json, "functions", topology.Graph.Functions, WriteFunction);
        WriteAll(json, "topics", topology.Graph.Topics, WriteTopic);
        WriteAll(json, "groups", topology.Graph.Groups, WriteGroup);
        WriteAll(json, "stores", topology.Graph.Stores, WriteStore);
        WriteAll(json, "warnings", topology.Warnings, (writer, warning) =>
        {
            writer.WriteString("code", warning.Code);
            writer.WriteString("message", warning.Message);
        });
        json.WriteEndObject();
    }

    private static void WriteFunction(Utf8JsonWriter json, TopologyFunction function)
    {
        json.WriteString("name", function.Name);
        json.WriteString("entryPoint", function.EntryPoint);
        json.WriteBoolean("disabled", function.IsDisabled);
        json.WriteStartObject("trigger");
        WriteTrigger(json, function.Trigger);
        json.WriteEndObject();
        WriteAll(json, "writes", function.Writes, (writer, write) =>
        {
            writer.WriteString("topic", write.Topic);
            writer.WriteString("kind", NameOf(write.Kind));
        });
        WriteNames(json, "keeps", function.StoresBy(StoreAccess.Keep));
        WriteNames(json, "looksUp", function.StoresBy(StoreAccess.LookUp));
        json.WriteBoolean("queriesStores", function.Use.QueriesStores);
        json.WriteBoolean("maintainsStores", function.Use.MaintainsStores);
    }

    private static void WriteTrigger(Utf8JsonWriter json, TopologyTrigger trigger)
    {
        switch (trigger)
        {
            case TopicTrigger topic:
                json.WriteString("type", "kafka");
                json.WriteString("topic", topic.Topic);
                json.WriteString("group", topic.Group);
                break;
            case RequestTrigger request:
                json.WriteString("type", "http");
                WriteNames(json, "methods", request.Methods);
                json.WriteString("path", request.Path);
                break;
            default:
                json.WriteString("type", "timer");
                json.WriteString("schedule", trigger.Text);
                break;
        }
    }

    private static void WriteTopic(Utf8JsonWriter json, TopologyTopic topic)
    {
        json.WriteString("name", topic.Name);
        WriteAll(json, "writtenBy", topic.Writers, (writer, written) =>
        {
            writer.WriteString("function", written.Function);
            writer.WriteString("kind", NameOf(written.Kind));
        });
        WriteNames(json, "readBy", topic.Readers);
        WriteNames(json, "writtenOutsideBy", topic.External);
    }

    private static void WriteGroup(Utf8JsonWriter json, TopologyGroup group)
    {
        json.WriteString("name", group.Name);
        WriteAll(json, "members", group.Members, (writer, member) =>
        {
            writer.WriteString("function", member.Function);
            writer.WriteString("topic", member.Topic);
        });
    }

    private static void WriteStore(Utf8JsonWriter json, TopologyStore store)
    {
        json.WriteString("name", store.Name);
        json.WriteString("kind", store.Kind);
        WriteNames(json, "keptBy", store.KeptBy);
        WriteNames(json, "lookedUpBy", store.LookedUpBy);
    }

    private static string NameOf(FlowKind kind) => kind switch
    {
        FlowKind.Output => "output",
        FlowKind.Late => "late",
        FlowKind.Code => "code",
        _ => "deadLetters",
    };

    private static void WriteAll<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<string> names)
    {
        json.WriteStartArray(name);
        foreach (var item in names)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }
}
