using System.Globalization;
using System.Text;
using System.Text.Json;
using KafkaFunctions.Client;
using KafkaFunctions.EndToEnd.Tests.Harness;
using KafkaFunctions.EndToEnd.Tests.State;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.TestSupport;

namespace KafkaFunctions.EndToEnd.Tests.Pipelines;

/// <summary>The functions with windows, in an app whose clock only these records move.</summary>
public sealed class WindowPipelineTests(EmbeddedPipeline pipeline, RealKafka kafka) : IClassFixture<EmbeddedPipeline>, IAsyncLifetime
{
    private const string Visitor = "203.0.113.7";
    private const string OtherVisitor = "203.0.113.8";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await pipeline.EnsureStartedAsync(kafka);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Windows_OfALog_AreCountedRankedAndMadeVisits()
    {
        const string Minute = """{"key":"/cart","start":"2026-03-01T11:00:00.000Z","end":"2026-03-01T11:01:00.000Z"}""";
        await PublishAsync(Line(Visitor, "12:00:05", "/cart"), Line(Visitor, "12:00:40", "/pay"), Line(Visitor, "12:00:10", "/cart"));
        var count = await WaitForAsync("page-views-per-minute", Minute, value => Number(value, "views") == 2);
        Assert.Equal(("/cart", "2026-03-01T11:00:00+00:00"), (Member(count, "page"), Member(count, "start")));

        // The clock of each partition.
        await PublishAsync([.. Enumerable.Range(0, 20).Select(i => Line(OtherVisitor, "12:03:00", $"/{i}"))]);
        await WaitForAsync("page-views-per-minute-final", Minute, value => Number(value, "views") == 2);

        await PublishAsync(Line(Visitor, "12:00:30", "/cart"));
        await Poll.UntilAsync("the late view", async () => (await pipeline.ReadAsync("page-views-late", _ => true)).Count == 1, () => pipeline.App.Printed);
        Assert.Single(await pipeline.ReadAsync("page-views-per-minute-final", record => Text(record.Key) == Minute));

        var top = await WaitForAsync("top-pages", "2026-03-01T11:00:00Z", value => Pages(value).Count == 10 && Pages(value)[0] == "/cart=3");
        Assert.Equal(["/cart=3", "/0=1", "/1=1", "/10=1"], Pages(top)[..4]);

        var visit = await WaitForAsync(
            "user-sessions", """{"key":"203.0.113.7","start":"2026-03-01T11:00:05.000Z","end":"2026-03-01T11:00:40.000Z"}""", value => Number(value, "views") == 4);
        Assert.Equal(("/cart", "/pay", 35), (Member(visit, "entryPage"), Member(visit, "exitPage"), Number(visit, "durationSeconds")));
        await AssertQueriesAsync();
    }

    [Fact]
    public async Task Windows_OfReadings_AreStatistics()
    {
        OutputRecord[] readings =
        [
            .. new[] { 2.0, 4, 9 }.Select(value => new OutputRecord(
                "gateway"u8.ToArray(),
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"device":"pump-3","sensor":"temperature","value":{{value}},"time":"2026-03-01T12:04:00+01:00"}""")))),
        ];

        await pipeline.Publisher.PublishAsync("iot-readings", readings, Cancellation);

        var statistics = await WaitForAsync(
            "device-stats",
            """{"key":"pump-3/temperature","start":"2026-03-01T11:00:00.000Z","end":"2026-03-01T11:05:00.000Z"}""",
            value => Number(value, "count") == 3);
        Assert.Equal((5, 2, 9), (Number(statistics, "mean"), Number(statistics, "min"), Number(statistics, "max")));
    }

    private async Task AssertQueriesAsync()
    {
        using var http = pipeline.CreateClient();
        var client = new StateClient(http, new Uri(pipeline.App.Address, "api/"));
        var start = new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero);

        var minute = (await client.GetWindowAsync("page-views-per-minute", "/cart", start, JsonTypes.Default.Int64, Cancellation))!;
        Assert.Equal((2, new StateWindow(start, start.AddMinutes(1))), (minute.Value, minute.Window));
        Assert.Equal([start], await client.GetWindowsAsync("page-views-per-minute", "/cart", null, null, JsonTypes.Default.Int64, Cancellation).Select(each => each.Window!.Start).ToListAsync(Cancellation));
        Assert.Equal(22, await client.ListAsync("page-views-per-minute", null, JsonTypes.Default.Int64, Cancellation).CountAsync(Cancellation));

        var printed = (await AppProcess.RunAsync(pipeline.Folder, pipeline.Settings, ["state", "get", "page-views-per-minute", "/cart"])).AssertDone();
        Assert.Equal(["2026-03-01T11:00:00.000Z/2026-03-01T11:01:00.000Z\t2"], printed.Output);
    }

    private static OutputRecord Line(string host, string time, string path) => new(
        "server-1"u8.ToArray(),
        Encoding.UTF8.GetBytes($"{host} - - [01/Mar/2026:{time} +0100] \"GET {path} HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\""));

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    private static string? Member(JsonElement value, string name) => value.GetProperty(name).GetString();

    private static double Number(JsonElement value, string name) => value.GetProperty(name).GetDouble();

    private static List<string> Pages(JsonElement value) =>
        [.. value.GetProperty("pages").EnumerateArray().Select(page => $"{page.GetProperty("page").GetString()}={page.GetProperty("views").GetInt64()}")];

    private Task PublishAsync(params OutputRecord[] lines) => pipeline.Publisher.PublishAsync("web-logs", lines, Cancellation);

    /// <summary>Waits until the last value of a key is as expected.</summary>
    private async Task<JsonElement> WaitForAsync(string topic, string key, Predicate<JsonElement> isExpected)
    {
        var found = await Poll.ForAsync(
            $"'{key}' in {topic}",
            async () =>
            {
                var last = (await pipeline.ReadAsync(topic, record => Text(record.Key) == key)).LastOrDefault().Value;
                return last is not null && JsonDocument.Parse(last) is var value && isExpected(value.RootElement) ? value : null;
            },
            () => pipeline.App.Printed);
        return found.RootElement;
    }
}
