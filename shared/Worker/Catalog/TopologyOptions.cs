using KafkaFunctions.Streams.Topology;

namespace KafkaFunctions.Worker;

/// <summary>What the app's topology has that no binding and no processor tells: <c>services.Configure&lt;TopologyOptions&gt;(…)</c>. It is
/// shown and checked by <c>topology</c> on the command line, and changes nothing about what the functions do. Default: nothing.</summary>
public sealed class TopologyOptions
{
    private readonly List<ExternalTopic> _external = [];
    private readonly List<(string Function, string Topic)> _writes = [];

    internal IReadOnlyList<ExternalTopic> ExternalTopics => _external;

    internal IReadOnlyList<(string Function, string Topic)> Writes => _writes;

    /// <summary>Says that somebody outside of the app writes a topic.</summary>
    /// <param name="topic">The topic, as in the binding of a function that reads it: a name, or a setting (<c>%name%</c>).</param>
    /// <param name="writer">Who writes it, for people to read: <c>Debezium</c>, say.</param>
    /// <returns>These options, for more.</returns>
    public TopologyOptions WrittenOutside(string topic, string writer)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        ArgumentException.ThrowIfNullOrWhiteSpace(writer);
        _external.Add(new ExternalTopic(topic, writer));
        return this;
    }

    /// <summary>Says that a function's code writes topics without a binding: an HTTP function that publishes what it is sent, say.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="topics">The topics' names.</param>
    /// <returns>These options, for more.</returns>
    public TopologyOptions WrittenBy(string function, params IEnumerable<string> topics)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(function);
        ArgumentNullException.ThrowIfNull(topics);
        _writes.AddRange(topics.Select(topic => (function, topic)));
        return this;
    }
}
