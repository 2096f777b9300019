namespace KafkaFunctions.SelfHost.Topology;

/// <summary>A topic and who is at its ends.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Writers">The functions that write it, each once for each reason.</param>
/// <param name="Readers">The functions that it starts.</param>
/// <param name="External">Who writes it from outside.</param>
internal sealed record TopologyTopic(
    string Name, IReadOnlyList<(string Function, FlowKind Kind)> Writers, IReadOnlyList<string> Readers, IReadOnlyList<string> External)
{
    /// <summary>Whether only records come here that could not be processed, or came late.</summary>
    public bool IsSidetrack => Writers.Count > 0 && External.Count == 0 && Writers.All(writer => writer.Kind is FlowKind.DeadLetters or FlowKind.Late);
}
