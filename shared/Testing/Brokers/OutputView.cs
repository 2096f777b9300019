using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Testing.Brokers;

/// <summary>A topic as a reader sees it: as it is, or without copies.</summary>
internal sealed class OutputView(TestTopics topics, string topic, CopyFilter copies, bool skipCopies)
{
    public string Topic => topic;

    public OutputView WithoutCopies => new(topics, topic, copies, skipCopies: true);

    public IReadOnlyList<KafkaRecord> Records => topics.Broker.Find(topic)?.Arrived is not { } arrived ? []
        : skipCopies ? [.. copies.Apply(arrived)]
        : arrived;
}
