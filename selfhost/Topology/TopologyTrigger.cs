namespace KafkaFunctions.SelfHost.Topology;

/// <summary>What starts a function.</summary>
internal abstract record TopologyTrigger
{
    /// <summary>What it is, for people to read.</summary>
    public abstract string Text { get; }
}

/// <summary>Records of a topic.</summary>
/// <param name="Topic">The topic, settings resolved.</param>
/// <param name="Group">The consumer group; empty where none is named.</param>
internal sealed record TopicTrigger(string Topic, string Group) : TopologyTrigger
{
    public override string Text => Topic;
}

/// <summary>An HTTP request.</summary>
/// <param name="Methods">Methods in capitals; empty for any.</param>
/// <param name="Path">The path with a slash in front.</param>
internal sealed record RequestTrigger(IReadOnlyList<string> Methods, string Path) : TopologyTrigger
{
    public override string Text => Methods.Count == 0 ? Path : $"{string.Join(',', Methods)} {Path}";
}

/// <summary>A timer.</summary>
/// <param name="Schedule">Its schedule, settings resolved.</param>
internal sealed record ScheduleTrigger(string Schedule) : TopologyTrigger
{
    public override string Text => Schedule;
}
