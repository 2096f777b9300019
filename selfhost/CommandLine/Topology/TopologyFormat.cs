namespace KafkaFunctions.SelfHost.CommandLine.Topology;

/// <summary>How the topology is written.</summary>
internal enum TopologyFormat
{
    /// <summary>Tables of functions, topics, consumer groups and stores.</summary>
    Text,

    /// <summary>A picture for Mermaid.</summary>
    Mermaid,

    /// <summary>A table of the functions in Markdown.</summary>
    Markdown,

    /// <summary>One JSON document.</summary>
    Json,
}
