using System.Text.Json;
using KafkaFunctions.Monitoring.Tests.Files;
using KafkaFunctions.Monitoring.Tests.Queries;

namespace KafkaFunctions.Monitoring.Tests.Dashboards;

/// <summary>A dashboard, as far as the tests look at it.</summary>
internal sealed class Dashboard
{
    // As Grafana works them out for a scrape interval of a second: four of these, and the time shown.
    private const string RateInterval = "4s";
    private const string Range = "1m";

    private readonly Dictionary<string, string> _values;

    private Dashboard(string path)
    {
        Name = Path.GetFileName(path);
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        Root = document.RootElement.Clone();
        Panels = [.. Root.GetProperty("panels").EnumerateArray().Select(panel => new Panel(panel))];
        Variables = [.. Root.GetProperty("templating").GetProperty("list").EnumerateArray().Select(variable => new Variable(variable))];
        _values = Variables.Where(variable => variable.Type != "datasource").ToDictionary(variable => variable.Name, variable => variable.Value);
        _values["__rate_interval"] = RateInterval;
        _values["__range"] = Range;
    }

    public static IReadOnlyList<Dashboard> All { get; } =
        [.. Directory.GetFiles(MonitoringFiles.Dashboards, "*.json").Order(StringComparer.Ordinal).Select(path => new Dashboard(path))];

    /// <summary>Name of its file.</summary>
    public string Name { get; }

    public JsonElement Root { get; }

    public string Uid => Root.GetProperty("uid").GetString()!;

    /// <summary>Everything that is shown, headings included.</summary>
    public IReadOnlyList<Panel> Panels { get; }

    public IReadOnlyList<Variable> Variables { get; }

    public static Dashboard Named(string name) => All.Single(dashboard => dashboard.Name == name);

    /// <summary>A query with what stands for its variables when the dashboard is opened.</summary>
    public string Fill(string query) => GrafanaText.Fill(query, _values);

    /// <summary>The same with another value of one of them.</summary>
    public string Fill(string query, string variable, string value) => GrafanaText.Fill(query, new Dictionary<string, string>(_values) { [variable] = value });

    public override string ToString() => Name;
}
