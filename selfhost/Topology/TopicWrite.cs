namespace KafkaFunctions.SelfHost.Topology;

/// <summary>A topic that a function writes.</summary>
/// <param name="Topic">The topic, settings resolved.</param>
/// <param name="Kind">Why it is written.</param>
internal sealed record TopicWrite(string Topic, FlowKind Kind);
