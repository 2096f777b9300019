using System.Text.Json;
using System.Text.RegularExpressions;
using KafkaFunctions.Monitoring.Tests.Queries;

namespace KafkaFunctions.Monitoring.Tests.Dashboards;

/// <summary>What Grafana and whoever looks need of a dashboard, without a Grafana.</summary>
public sealed partial class DashboardTests
{
    // Grafana 11 and newer read it as it is.
    private const int OldestSchema = 39;
    private const int Columns = 24;

    public static TheoryData<string> Names => [.. Dashboard.All.Select(dashboard => dashboard.Name)];

    [Fact]
    public void Dashboards_AreThoseOfTheDocumentation() =>
        Assert.Equal(["cost.json", "function.json", "pipeline.json", "state.json"], Dashboard.All.Select(dashboard => dashboard.Name));

    [Fact]
    public void Dashboards_HaveStableIdentitiesOfTheirOwn()
    {
        Assert.Equal(Dashboard.All.Count, Dashboard.All.Select(dashboard => dashboard.Uid).Distinct().Count());
        Assert.All(Dashboard.All, dashboard =>
        {
            Assert.Matches("^kafkafunctions-[a-z]+$", dashboard.Uid);
            Assert.False(dashboard.Root.TryGetProperty("id", out _), "An id is the database's; the file must not have one.");
            Assert.InRange(dashboard.Root.GetProperty("schemaVersion").GetInt32(), OldestSchema, 100);
            Assert.Contains("kafkafunctions", dashboard.Root.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Panels_HaveAPlaceOfTheirOwn(string name)
    {
        var taken = new Dictionary<(int X, int Y), string>();
        var dashboard = Dashboard.Named(name);
        Assert.Equal(dashboard.Panels.Count, dashboard.Panels.Select(panel => panel.Json.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(dashboard.Panels, panel =>
        {
            var place = panel.Json.GetProperty("gridPos");
            var (x, y, width, height) = (Number(place, "x"), Number(place, "y"), Number(place, "w"), Number(place, "h"));
            Assert.InRange(x + width, 1, Columns);
            foreach (var cell in Enumerable.Range(x, width).SelectMany(column => Enumerable.Range(y, height).Select(line => (column, line))))
            {
                Assert.True(taken.TryAdd(cell, panel.Title), $"'{panel}' lies over '{taken.GetValueOrDefault(cell)}' at {cell}.");
            }
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Panels_SayWhatTheyShow(string name) => Assert.All(Dashboard.Named(name).Panels.Where(panel => !panel.IsHeading), panel =>
    {
        Assert.NotEmpty(panel.Title);
        Assert.EndsWith(".", panel.Json.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(panel.Queries);
        var defaults = panel.Json.GetProperty("fieldConfig").GetProperty("defaults");
        switch (panel.Type)
        {
            case "timeseries":
                AssertUnitAndThresholds(defaults);
                Assert.True(panel.Json.GetProperty("options").GetProperty("legend").GetProperty("showLegend").GetBoolean());
                Assert.All(panel.Queries, query => Assert.NotEmpty(query.Legend));
                Assert.Equal(panel.Queries.Count, panel.Queries.Select(query => query.Legend).Distinct().Count());
                break;
            case "stat":
                AssertUnitAndThresholds(defaults);
                break;
            case "heatmap":
                Assert.NotEmpty(panel.Json.GetProperty("options").GetProperty("yAxis").GetProperty("unit").GetString()!);
                Assert.All(panel.Queries, query => Assert.Equal("heatmap", query.Json.GetProperty("format").GetString()));
                break;
            case "table":
                AssertColumns(panel);
                break;
            default:
                Assert.Fail($"'{panel}' is a {panel.Type}; say here what such a panel must have.");
                break;
        }
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Queries_AskTheChosenDataSource(string name)
    {
        var dashboard = Dashboard.Named(name);
        Assert.Contains(dashboard.Variables, variable => variable is { Name: "datasource", Type: "datasource" });
        Assert.All(
            dashboard.Panels.Where(panel => !panel.IsHeading).SelectMany(panel => panel.Queries.Select(query => query.Json).Prepend(panel.Json))
                .Concat(dashboard.Variables.Where(variable => variable.Type == "query").Select(variable => variable.Json)),
            asks =>
            {
                Assert.Equal("prometheus", asks.GetProperty("datasource").GetProperty("type").GetString());
                Assert.Equal("${datasource}", asks.GetProperty("datasource").GetProperty("uid").GetString());
            });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Variables_AreDefinedAndUsed(string name)
    {
        var dashboard = Dashboard.Named(name);
        var defined = dashboard.Variables.Select(variable => variable.Name).ToHashSet();
        Assert.All(dashboard.Variables, variable =>
        {
            Assert.NotEmpty(variable.Json.GetProperty("label").GetString()!);
            Assert.NotEmpty(variable.Json.GetProperty("description").GetString()!);
        });

        var used = GrafanaText.VariablesOf(dashboard.Root.GetRawText()).Where(variable => !variable.StartsWith("__", StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(defined.Order(), used.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Queries_LookAtTheChosenAppOnly(string name)
    {
        var dashboard = Dashboard.Named(name);
        var chosen = dashboard.Fill("job=~\"$job\"");
        Assert.All(
            dashboard.Panels.SelectMany(panel => panel.Queries).SelectMany(query => PromQl.Selectors(dashboard.Fill(query.Text))),
            selector => Assert.Contains(chosen, selector.Conditions, StringComparison.Ordinal));
    }

    // Every instance tells the lag of all partitions: a sum over instances would count it once for each.
    [Fact]
    public void Lag_IsNeverAddedUpOverInstances() => Assert.All(
        Dashboard.All.SelectMany(dashboard => dashboard.Panels).SelectMany(panel => panel.Queries).Where(query => LagOrOffset().IsMatch(query.Text)),
        query => Assert.Equal(LagOrOffset().Count(query.Text), GreatestPerPartition().Count(query.Text)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_LeadToDashboardsThatAreThere(string name)
    {
        var uids = Dashboard.All.Select(dashboard => dashboard.Uid).ToList();
        Assert.All(Link().Matches(Dashboard.Named(name).Root.GetRawText()), link => Assert.Contains(link.Groups[1].Value, uids));
    }

    private static void AssertUnitAndThresholds(JsonElement defaults)
    {
        Assert.NotEmpty(defaults.GetProperty("unit").GetString()!);
        Assert.NotEqual(0, defaults.GetProperty("thresholds").GetProperty("steps").GetArrayLength());
    }

    // A column that is renamed has a unit under its new name.
    private static void AssertColumns(Panel table)
    {
        var units = table.Json.GetProperty("fieldConfig").GetProperty("overrides").EnumerateArray()
            .Where(column => column.GetProperty("properties").EnumerateArray().Any(property => property.GetProperty("id").GetString() == "unit"))
            .Select(column => column.GetProperty("matcher").GetProperty("options").GetString()!);
        var names = table.Json.GetProperty("transformations").EnumerateArray().Single(step => step.GetProperty("id").GetString() == "organize")
            .GetProperty("options").GetProperty("renameByName").EnumerateObject()
            .Where(name => name.Name.StartsWith("Value #", StringComparison.Ordinal));
        Assert.Equal(table.Queries.Select(query => $"Value #{query.Json.GetProperty("refId").GetString()}"), names.Select(name => name.Name));
        Assert.Equal(names.Select(name => name.Value.GetString()), units);
    }

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    [GeneratedRegex("kafkafunctions_consumer_(lag|committed_offset)")]
    private static partial Regex LagOrOffset();

    [GeneratedRegex(@"max by \([^)]*partition\) \((rate\()?kafkafunctions_consumer_(lag|committed_offset)")]
    private static partial Regex GreatestPerPartition();

    [GeneratedRegex(@"/d/([\w-]+)")]
    private static partial Regex Link();
}
