using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using KafkaFunctions.EndToEnd.Tests.Harness;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.TestSupport;

namespace KafkaFunctions.EndToEnd.Tests.Pipelines;

/// <summary>What the app does for its users, whatever the broker. The tests share the app and its topics: each knows its own records by
/// a mark. Those of a class run one after the other, so that they may stop the app.</summary>
public abstract class PipelineTests(Pipeline pipeline, RealKafka kafka) : IAsyncLifetime
{
    private const string Mark = "e2e";
    private const string Person = "\"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\"";
    private const string LogTime = "01/Mar/2026:12:00:00 +0100";

    private static readonly long LogTimestamp = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1)).ToUnixTimeMilliseconds();

    private readonly string _mark = Guid.NewGuid().ToString("N");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await pipeline.EnsureStartedAsync(kafka);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Ingest_LogLines_GoThroughTheChainWithKeyTimeAndTrace()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        using var client = pipeline.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/ingest/web-logs")
        {
            Content = new StringContent($"{Line(200, Person)}\n{Line(503, Person)}\n{Line(200, "\"Googlebot/2.1\"")}", Encoding.UTF8, "text/plain"),
        };
        request.Headers.Add("X-Record-Key", _mark);
        request.Headers.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");

        using var response = await client.SendAsync(request, Cancellation);
        var receipt = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(3, receipt.GetProperty("count").GetInt32());
        foreach (var topic in (string[])["page-views-clean", "page-views-errors", "page-views-bots"])
        {
            var view = Assert.Single(await pipeline.WaitForAsync(topic, 1, HasKey));
            Assert.Equal(LogTimestamp, view.Timestamp);
            Assert.Contains(Trace, Header(view, HeaderNames.TraceParent), StringComparison.Ordinal);
            Assert.Equal("/cart", JsonDocument.Parse(view.Value!).RootElement.GetProperty("path").GetString());
        }
    }

    [Fact]
    public async Task Filter_RecordsOfEveryKind_KeepsTheirBytesOrMakesThemDeadLetters()
    {
        byte[] binaryKey = [0xff, 0x00, 0xfe];
        var large = new string('x', Pipeline.OutputLimit) + Pipeline.Condition;
        OutputRecord[] records =
        [
            Marked(binaryKey, "first keep"),
            Marked(binaryKey, null),
            Marked(binaryKey, ""),
            Marked((byte[]?)null, "no key, keep"),
            Marked(binaryKey, large),
            Marked(binaryKey, "no match"),
            Marked([], "empty key, keep"),
            Marked(binaryKey, "last keep"),
        ];

        await pipeline.Publisher.PublishAsync("input-topic", records, Cancellation);
        await pipeline.WaitForNoLagAsync("filter-events", "input-topic");

        var passed = await pipeline.ReadAsync("output-topic", IsMarked);
        Assert.Equal(["empty key, keep", "first keep", "last keep", "no key, keep"], passed.Select(record => Text(record.Value)).Order(StringComparer.Ordinal));
        Assert.Equal(["first keep", "last keep"], passed.Where(record => record.Key is { Length: 3 }).Select(record => Text(record.Value)));
        Assert.All(passed.Where(record => record.Key is { Length: 3 }), record => Assert.Equal(binaryKey, record.Key));
        Assert.Null(passed.Single(record => Text(record.Value) == "no key, keep").Key);
        Assert.Empty(passed.Single(record => Text(record.Value) == "empty key, keep").Key!);
        Assert.All(passed, record => Assert.Equal(LogTimestamp, record.Timestamp));
        var letter = Assert.Single(await pipeline.ReadAsync("input-topic.dlq", IsMarked));
        Assert.Equal((large, LogTimestamp), (Text(letter.Value), letter.Timestamp));
        Assert.Equal(binaryKey, letter.Key);
        Assert.Equal("FilterEvents", Header(letter, HeaderNames.DeadLetterFunction));
        Assert.Contains("output-topic", Header(letter, HeaderNames.DeadLetterErrorMessage), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parse_MalformedLine_DoesNotStopItsBatch()
    {
        await pipeline.Publisher.PublishAsync(
            "web-logs",
            [Marked(_mark, Line(200, Person)), Marked(_mark, "this is no log line"), Marked(_mark, null), Marked(_mark, Line(404, Person))],
            Cancellation);

        var views = await pipeline.WaitForAsync("page-views", 2, HasKey);
        var letters = await pipeline.WaitForAsync("web-logs.dlq", 2, HasKey);

        Assert.Equal([200, 404], views.Select(view => JsonDocument.Parse(view.Value!).RootElement.GetProperty("status").GetInt32()));
        Assert.Equal(["this is no log line", null], letters.Select(letter => Text(letter.Value)));
        Assert.Contains("column", Header(letters[0], HeaderNames.DeadLetterErrorMessage), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Parse_FuzzedLines_EachIsAPageViewOrADeadLetter()
    {
        var fuzz = new Fuzz(seed: 1);
        var lines = Enumerable.Range(0, 2000).Select(i => MarkedBytes(Encoding.UTF8.GetBytes($"{_mark}-{i}"), fuzz.Line())).ToList();

        await pipeline.Publisher.PublishAsync("web-logs", lines, Cancellation);
        await pipeline.WaitForNoLagAsync("parse-web-logs", "web-logs");

        var views = await pipeline.ReadAsync("page-views", IsMarked);
        var letters = await pipeline.ReadAsync("web-logs.dlq", IsMarked);
        Assert.Equal(
            lines.Select(line => Text(line.Key)).Order(StringComparer.Ordinal),
            views.Concat(letters).Select(record => Text(record.Key)).Order(StringComparer.Ordinal));
        Assert.NotEmpty(views);
        Assert.NotEmpty(letters);
        var sent = lines.ToDictionary(line => Text(line.Key)!, line => line.Value);
        Assert.All(letters, letter => Assert.Equal(sent[Text(letter.Key)!], letter.Value));
    }

    [Fact]
    public async Task Ingest_FuzzedBodies_NeverFailsAndCountsWhatItStored()
    {
        var fuzz = new Fuzz(seed: 1);
        using var client = pipeline.CreateClient();
        var before = await EndsAsync("input-topic");
        var accepted = 0L;
        var refused = 0;

        foreach (var requests in Enumerable.Range(0, 400).Select(_ => fuzz.Request("api/ingest/input-topic")).Chunk(8))
        {
            foreach (var response in await Task.WhenAll(requests.Select(request => client.SendAsync(request, Cancellation))))
            {
                Assert.True((int)response.StatusCode < 500, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(Cancellation)}");
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    accepted += (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("count").GetInt64();
                }
                else
                {
                    refused++;
                }

                response.Dispose();
            }
        }

        Assert.Equal(accepted, await EndsAsync("input-topic") - before);
        Assert.True(accepted > 50 && refused > 50, $"{accepted} records were accepted, {refused} requests refused.");
        Assert.Equal(HttpStatusCode.OK, await pipeline.App.GetStatusAsync("health/ready"));
    }

    [Fact]
    public async Task Ingest_WithoutTheKey_IsRefused()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(null, ""));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("wrong", ""));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(null, "?code=wrong"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Pipeline.FunctionKey, ""));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(null, $"?code={Pipeline.FunctionKey}"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Pipeline.MasterKey, ""));
    }

    [Fact]
    public async Task Administration_ShowsFunctionsAndMetrics()
    {
        using var master = pipeline.CreateClient(Pipeline.MasterKey);

        var functions = await master.GetFromJsonAsync<JsonElement>("admin/functions", Cancellation);

        Assert.Equal(
            [
                "CleanUpState", "ClickImpressionClicks", "ClickImpressions", "CloseIdleWindows",
                "CountPageViews", "DeviceStats", "EnrichOrders", "FilterEvents", "IngestEvents", "KeyPageViews", "KeyReadings", "LatestReadings",
                "PageViewsPerFiveMinutes", "PageViewsPerMinute", "ParseWebLogs", "QueryState", "RoutePageViews", "TopPages", "TrackCustomers", "UserSessions",
            ],
            functions.EnumerateArray().Select(function => function.GetProperty("name").GetString()));
        Assert.Equal(HttpStatusCode.Unauthorized, await pipeline.App.GetStatusAsync("admin/functions"));

        // A counter is there from its first count on.
        await pipeline.Publisher.PublishAsync("input-topic", [Marked(_mark, Pipeline.Condition)], Cancellation);
        await Poll.UntilAsync(
            "a counter of the platform",
            async () => (await master.GetStringAsync(new Uri("metrics", UriKind.Relative), Cancellation)).Contains("kafkafunctions_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commands_WhileTheAppRuns_DoAsDocumented()
    {
        var topic = $"cli-{_mark}";

        (await RunAsync("topics", "create", topic, "--partitions", "1")).AssertDone();
        (await RunAsync("topics", "create", topic, "--partitions", "1")).AssertDone();
        Assert.Equal(1, (await RunAsync("topics", "create", topic, "--partitions", "2")).ExitStatus);
        (await RunWithInputAsync("k1:one\nk2:two\nk1:three\n", "produce", topic, "--key-separator", ":", "--header", "from=shell")).AssertDone();
        var tail = (await RunAsync("tail", topic, "--from-beginning", "--count", "3", "--json")).AssertDone().Output.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        (await RunWithInputAsync("{\"id\":\"a\"}\nno json\n", "produce", topic, "--key-field", "id")).AssertFails(1, "line 2");
        (await RunAsync("tail", "no-such-topic", "--no-follow")).AssertFails(1, "no-such-topic");
        var topics = (await RunAsync("topics", "--json")).AssertDone().Output.Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(["one", "two", "three"], tail.Select(record => record.GetProperty("value").GetString()));
        Assert.Equal(["k1", "k2", "k1"], tail.Select(record => record.GetProperty("key").GetString()));
        Assert.Equal([0, 1, 2], tail.Select(record => record.GetProperty("offset").GetInt32()));
        Assert.All(tail, record => Assert.Equal("shell", record.GetProperty("headers")[0].GetProperty("value").GetString()));
        var summary = topics.Single(summary => summary.GetProperty("name").GetString() == topic);
        Assert.Equal((1, 4), (summary.GetProperty("partitions").GetInt32(), summary.GetProperty("records").GetInt32()));
        Assert.Contains(topics, other => other.GetProperty("name").GetString() == "web-logs.dlq");
    }

    [Fact]
    public async Task Commands_ProduceToAFunction_GroupsShowNoLagWhenItIsDone()
    {
        (await RunWithInputAsync($"{_mark} keep\n", "produce", "input-topic")).AssertDone();

        await Poll.UntilAsync("groups to show no lag", async () =>
        {
            var rows = (await RunAsync("groups", "--json")).AssertDone().Output.Select(line => JsonDocument.Parse(line).RootElement).ToList();
            Assert.Equal(
                [
                    "ClickImpressionClicks", "ClickImpressions",
                    "CountPageViews", "DeviceStats", "EnrichOrders", "FilterEvents", "KeyPageViews", "KeyReadings", "LatestReadings",
                    "PageViewsPerFiveMinutes", "PageViewsPerMinute", "ParseWebLogs", "RoutePageViews", "TopPages", "TrackCustomers", "UserSessions",
                ],
                rows.Select(row => row.GetProperty("function").GetString()).Distinct());
            return rows.All(row => row.GetProperty("lag").GetInt64() == 0);
        });

        var (status, output, _) = await RunAsync("tail", "output-topic", "--no-follow", "--json");
        Assert.Equal(0, status);
        Assert.Single(output, line => line.Contains(_mark, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Terminated_CommitsWhatItHasInHand()
    {
        const int Count = 20_000;
        await pipeline.Publisher.PublishAsync("input-topic", Numbers(Count), Cancellation);
        await pipeline.WaitForAsync("output-topic", 1, IsMarked);

        Assert.Equal(0, await pipeline.App.StopAsync());
        var stopped = (await pipeline.ReadAsync("output-topic", IsMarked)).Count;
        await pipeline.StartAppAsync();
        await pipeline.WaitForNoLagAsync("filter-events", "input-topic");

        var passed = await pipeline.ReadAsync("output-topic", IsMarked);
        Assert.True(stopped > 0);
        Assert.Equal(Expected(Count), passed.Select(record => Text(record.Value)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Killed_LosesNothingAndCopiesAreKnown()
    {
        const int Count = 20_000;
        await pipeline.Publisher.PublishAsync("input-topic", Numbers(Count), Cancellation);
        await pipeline.WaitForAsync("output-topic", 1, IsMarked);

        await pipeline.App.KillAsync();
        await pipeline.StartAppAsync();
        await pipeline.WaitForNoLagAsync("filter-events", "input-topic");

        var passed = await pipeline.ReadAsync("output-topic", IsMarked);
        var byIdentity = passed.DistinctBy(record => Header(record, HeaderNames.Identity)).ToList();
        Assert.Equal(Expected(Count), byIdentity.Select(record => Text(record.Value)).Order(StringComparer.Ordinal));
    }

    private static string Line(int status, string agent) => $"203.0.113.7 - - [{LogTime}] \"GET /cart HTTP/1.1\" {status} 512 \"-\" {agent}";

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    private static string? Header(InputRecord record, string name) => record.Headers.Single(header => header.Key == name).ValueAsText;

    private static IEnumerable<string> Expected(int count) =>
        Enumerable.Range(0, count).Select(Number).Order(StringComparer.Ordinal);

    private static string Number(int number) => string.Create(CultureInfo.InvariantCulture, $"{number} {Pipeline.Condition}");

    private OutputRecord[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => Marked($"{i % 100}", Number(i)))];

    private OutputRecord Marked(string key, string? value) => Marked(Encoding.UTF8.GetBytes(key), value);

    private OutputRecord Marked(byte[]? key, string? value) => MarkedBytes(key, value is null ? null : Encoding.UTF8.GetBytes(value));

    private OutputRecord MarkedBytes(byte[]? key, byte[]? value) => new(key, value)
    {
        Timestamp = LogTimestamp,
        Headers = [RecordHeader.FromText(Mark, _mark)],
    };

    private bool IsMarked(InputRecord record) => record.Headers.Any(header => header.Key == Mark && header.ValueAsText == _mark);

    private bool HasKey(InputRecord record) => Text(record.Key) == _mark;

    private async Task<long> EndsAsync(string topic) => (await pipeline.Topics.GetOffsetsAsync(topic, Cancellation)).Sum(offsets => offsets.End);

    private async Task<HttpStatusCode> PostAsync(string? key, string query)
    {
        using var client = pipeline.CreateClient(key);
        using var content = new StringContent("a line");
        using var response = await client.PostAsync(new Uri($"api/ingest/input-topic{query}", UriKind.Relative), content, Cancellation);
        return response.StatusCode;
    }

    private Task<AppResult> RunAsync(params string[] arguments) => AppProcess.RunAsync(pipeline.Folder, pipeline.Settings, arguments);

    private Task<AppResult> RunWithInputAsync(string input, params string[] arguments) => AppProcess.RunAsync(pipeline.Folder, pipeline.Settings, arguments, input);
}
