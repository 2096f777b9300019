using System.Text.Json;

namespace KafkaFunctions.Monitoring.Tests.Dashboards;

/// <summary>A panel, or the heading of some.</summary>
internal sealed class Panel(JsonElement json)
{
    public JsonElement Json => json;

    public string Type => json.GetProperty("type").GetString()!;

    public string Title => json.GetProperty("title").GetString()!;

    public bool IsHeading => Type == "row";

    public IReadOnlyList<Query> Queries { get; } = json.TryGetProperty("targets", out var targets)
        ? [.. targets.EnumerateArray().Select(target => new Query(target))]
        : [];

    public override string ToString() => Title;

    /// <summary>One query of a panel.</summary>
    public sealed class Query(JsonElement target)
    {
        public JsonElement Json => target;

        public string Text => target.GetProperty("expr").GetString()!;

        /// <summary>How its series are called; empty in a table.</summary>
        public string Legend => target.GetProperty("legendFormat").GetString()!;
    }
}
