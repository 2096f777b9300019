using System.Text.Json;
using KafkaFunctions.EndToEnd.Tests.Harness;
using KafkaFunctions.Monitoring.Tests.Alerts;
using KafkaFunctions.Monitoring.Tests.Dashboards;
using KafkaFunctions.Monitoring.Tests.Queries;

namespace KafkaFunctions.Monitoring.Tests.Live;

/// <summary>Dashboards and alerts on the running demo: everything that they name is there.</summary>
public sealed class DemoTests(MonitoredDemo demo) : IClassFixture<MonitoredDemo>, IAsyncLifetime
{
    /// <summary>Conditions of alerts that no series meets while nothing is wrong: series of histograms begin with the first measurement.</summary>
    private static readonly string[] OnlyInTrouble = ["outcome=\"failed\"", "http_response_status_code=~\"5..\""];

    public static TheoryData<string> Dashboards => DashboardTests.Names;

    public async ValueTask InitializeAsync() => await demo.EnsureStartedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Dashboards))]
    public Task Panels_OfTheDemo_ShowData(string name)
    {
        var dashboard = Dashboard.Named(name);
        return UntilAllAsync(QueriesOf(dashboard, dashboard.Fill), query => ShowsAsync(query, isUsable: series => series.Any(one => !double.IsNaN(one.Value))));
    }

    // Quantiles of what has not happened within the last seconds are no numbers, but there.
    [Fact]
    public async Task Panels_OfOneFunction_ShowData_WhicheverItIs()
    {
        var dashboard = Dashboard.Named("function.json");
        var functions = await Poll.ForAsync(
            "the functions",
            async () => await demo.Prometheus.QueryAsync("count by (function) (kafkafunctions_consumer_lag)") is { Count: > 0 } series ? series : null,
            () => demo.Printed);

        Assert.Contains(functions, function => function.Labels["function"] == "ClickImpressions");
        await UntilAllAsync(
            [.. functions.SelectMany(function => QueriesOf(dashboard, query => dashboard.Fill(query, "function", function.Labels["function"])))],
            query => ShowsAsync(query, isUsable: series => series.Count > 0));
    }

    [Theory]
    [MemberData(nameof(Dashboards))]
    public async Task Variables_OfTheDemo_HaveValues(string name)
    {
        var dashboard = Dashboard.Named(name);
        var listed = dashboard.Variables.Where(variable => variable.Listed is not null).ToList();

        Assert.NotEmpty(listed);
        await UntilAllAsync(listed.ConvertAll(variable => (variable, variable.Listed!.Value)), async listing =>
        {
            var (selector, label) = listing.Value;
            var series = await demo.Prometheus.QueryAsync($"count by ({label}) ({dashboard.Fill(selector)})");
            return series.Any(one => one.Labels.ContainsKey(label))
                && (listing.variable.Json.TryGetProperty("allValue", out _) || series.Any(one => one.Labels.GetValueOrDefault(label) == listing.variable.Value));
        });
    }

    [Fact]
    public Task Alerts_ReadMetricsThatAreThere() => UntilAllAsync(
        [.. AlertRule.All.SelectMany(rule => PromQl.Selectors(rule.Query)).Distinct()],
        async selector => (await demo.Prometheus.QueryAsync($"count({WithoutTrouble(selector)})")).Count > 0);

    [Fact]
    public Task Alerts_AreEvaluated() => UntilAllAsync(
        [.. AlertRule.All.Select(rule => rule.Name)],
        async name => Rules(await demo.Prometheus.GetAsync("rules?type=alert")).Single(rule => rule.GetProperty("name").GetString() == name) is var rule
            && rule.GetProperty("health").GetString() switch
            {
                "ok" => true,
                "unknown" => false,
                _ => throw new InvalidOperationException(rule.GetRawText()),
            });

    // The demo's broken lines: rules, labels and metrics fit together from end to end.
    [Fact]
    public async Task DeadLetters_OfTheDemo_RaiseTheirAlert()
    {
        var alert = await Poll.ForAsync(
            "the alert on dead letters",
            async () => await demo.Prometheus.QueryAsync("""ALERTS{alertname="KafkaFunctionsDeadLetters", alertstate="firing"}""") is [var first, ..] ? first : null,
            () => demo.Printed);

        Assert.Equal(("ParseWebLogs", "kafkafunctions", "warning"), (alert.Labels["function"], alert.Labels["job"], alert.Labels["severity"]));
    }

    private static List<(string Panel, string Legend, string Query)> QueriesOf(Dashboard dashboard, Func<string, string> fill) =>
        [.. dashboard.Panels.SelectMany(panel => panel.Queries.Select(query => (panel.Title, query.Legend, fill(query.Text))))];

    private static HashSet<string> GrafanaLabels(string legend) =>
        [.. legend.Split("{{").Skip(1).Select(part => part.Split("}}")[0].Trim())];

    private static Selector WithoutTrouble(Selector selector) => selector with
    {
        Conditions = string.Join(", ", selector.Conditions.Split(", ").Select(condition =>
            OnlyInTrouble.Contains(condition) ? $"{condition.Split('=')[0]}!=\"\"" : condition)),
    };

    private static IEnumerable<JsonElement> Rules(JsonElement answer) =>
        answer.GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray());

    private async Task<bool> ShowsAsync((string Panel, string Legend, string Query) query, Func<IReadOnlyList<PrometheusSeries>, bool> isUsable)
    {
        var series = await demo.Prometheus.QueryAsync(query.Query);
        Assert.All(series, one => Assert.Superset(GrafanaLabels(query.Legend), one.Labels.Keys.ToHashSet()));
        return isUsable(series);
    }

    // A query may need a few scrapes, or what happens only now and then.
    private async Task UntilAllAsync<T>(List<T> waiting, Func<T, Task<bool>> isThere) => await Poll.UntilAsync(
        "data",
        async () =>
        {
            var missing = new List<T>();
            foreach (var one in waiting)
            {
                if (!await isThere(one))
                {
                    missing.Add(one);
                }
            }

            waiting = missing;
            return waiting.Count == 0;
        },
        () => $"There is none for:\n{string.Join('\n', waiting)}\nThe app printed:\n{demo.Printed}");
}
