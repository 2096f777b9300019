namespace KafkaFunctions.Streams.Topology;

/// <summary>What an application's topology has beside the bindings of its functions.</summary>
public interface ITopologyCatalog
{
    /// <summary>The functions that use something beside their bindings; each once.</summary>
    IReadOnlyList<FunctionUse> Functions { get; }

    /// <summary>The topics that somebody outside writes.</summary>
    IReadOnlyList<ExternalTopic> ExternalTopics { get; }

    /// <summary>The topic of the records that a function could not process.</summary>
    /// <param name="topic">The topic that it reads.</param>
    string DeadLetterTopicOf(string topic);
}
