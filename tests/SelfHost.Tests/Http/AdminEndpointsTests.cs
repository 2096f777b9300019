using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace KafkaFunctions.SelfHost.Tests.Http;

public sealed class AdminEndpointsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetFunctions_Always_ListsThemWithBindings()
    {
        await using var app = await App(("AzureWebJobs:Plain:Disabled", "true")).StartAsync();

        var functions = await app.Http.GetFromJsonAsync<JsonArray>("/admin/functions", Cancelled);

        var action = functions!.Single(function => (string?)function!["name"] == "Action")!;
        Assert.EndsWith("/api/action", (string?)action["invoke_url_template"], StringComparison.Ordinal);
        Assert.Equal("httpTrigger", (string?)action["config"]!["bindings"]![0]!["type"]);
        Assert.False((bool)action["isDisabled"]!);
        Assert.True((bool)functions!.Single(function => (string?)function!["name"] == "Plain")!["isDisabled"]!);
    }

    [Fact]
    public async Task GetFunction_ByName_DescribesIt()
    {
        await using var app = await App().StartAsync();

        var function = await app.Http.GetFromJsonAsync<JsonObject>("/admin/functions/tick", Cancelled);

        Assert.Equal("Tick", (string?)function!["name"]);
        Assert.Null((string?)function["invoke_url_template"]);
    }

    [Fact]
    public async Task GetStatus_Running_SaysSo()
    {
        await using var app = await App().StartAsync();

        var status = await app.Http.GetFromJsonAsync<JsonObject>("/admin/host/status", Cancelled);

        Assert.Equal("Running", (string?)status!["state"]);
    }

    [Theory]
    [InlineData("Tick", HttpStatusCode.Accepted)]
    [InlineData("Action", HttpStatusCode.BadRequest)]
    [InlineData("Nobody", HttpStatusCode.NotFound)]
    public async Task PostFunction_ByHand_StartsTimersOnly(string function, HttpStatusCode status)
    {
        await using var app = await App().StartAsync();

        using var response = await app.Http.PostAsJsonAsync($"/admin/functions/{function}", new { input = "" }, Cancelled);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task GetReady_TriggersRun_IsHealthy()
    {
        await using var app = await App().StartAsync();

        Assert.Equal("Healthy", await app.Http.GetStringAsync("/health/ready", Cancelled));
        Assert.Equal("Healthy", await app.Http.GetStringAsync("/health/live", Cancelled));
    }

    [Fact]
    public async Task GetMetrics_AfterAnInvocation_CountsIt()
    {
        await using var app = await App().StartAsync();
        await app.Http.GetStringAsync("/api/Plain", Cancelled);

        var metrics = await app.Http.GetStringAsync("/metrics", Cancelled);

        Assert.Contains("kafkafunctions_invocation_duration_seconds_count", metrics, StringComparison.Ordinal);
        Assert.Contains("function=\"Plain\"", metrics, StringComparison.Ordinal);
        Assert.Contains("dotnet_process_memory_working_set", metrics, StringComparison.Ordinal);
    }

    private static TestApp App(params (string Key, string Value)[] settings) => new()
    {
        Functions = [typeof(HttpSamples)],
        Settings = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value),
    };
}
