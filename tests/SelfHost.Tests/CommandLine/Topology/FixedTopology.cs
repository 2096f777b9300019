using KafkaFunctions.Streams.Topology;

namespace KafkaFunctions.SelfHost.Tests.CommandLine.Topology;

/// <summary>What functions use beside their bindings.</summary>
internal sealed class FixedTopology : ITopologyCatalog
{
    public List<FunctionUse> Functions { get; init; } = [];

    public List<ExternalTopic> ExternalTopics { get; init; } = [];

    IReadOnlyList<FunctionUse> ITopologyCatalog.Functions => Functions;

    IReadOnlyList<ExternalTopic> ITopologyCatalog.ExternalTopics => ExternalTopics;

    public string DeadLetterTopicOf(string topic) => topic + ".dlq";
}
