using System.Globalization;
using System.Net;
using System.Text;
using KafkaFunctions.EndToEnd.Tests.Harness;
using KafkaFunctions.TestSupport;
using KafkaFunctions.TestSupport.Otlp;

namespace KafkaFunctions.EndToEnd.Tests.Telemetry;

/// <summary>What a receiver of OTLP gets of a request: one trace over every function that its records flow through.</summary>
public abstract class TraceTests(ITracedApp app) : IAsyncLifetime
{
    private const string Person = "\"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\"";

    private static readonly string[] OfPageViews =
    [
        "IngestEvents", "ParseWebLogs", "RoutePageViews", "CountPageViews", "KeyPageViews", "PageViewsPerMinute", "PageViewsPerFiveMinutes", "TopPages", "UserSessions",
    ];

    private static readonly (string Group, string Topic)[] Stages =
    [
        ("parse-web-logs", "web-logs"), ("route-page-views", "page-views"), ("count-page-views", "page-views-clean"), ("key-page-views", "page-views-clean"),
        ("page-views-per-minute", "page-views-by-page"), ("page-views-per-5-minutes", "page-views-by-page"), ("user-sessions", "page-views-by-visitor"),
        ("top-pages", "page-views-per-5-minutes"),
    ];

    private static readonly string[] MustBeThere =
    [
        "kafkafunctions_records_in_total", "kafkafunctions_batch_duration_seconds", "kafkafunctions_consumer_lag", "kafkafunctions_consumer_partitions",
        "kafkafunctions_state_transactions_total", "kafkafunctions_state_late_total", "kafkafunctions_state_cache_size_bytes", "messaging_client_sent_messages_total",
        "messaging_client_consumed_messages_total", "kafkafunctions_invocation_duration_seconds", "http_server_request_duration_seconds", "target_info",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync() => await app.EnsureStartedAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Ingest_OfOneRequest_IsOneTraceOverAllItsFunctions()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        const string Client = "00f067aa0ba902b7";

        // Batches of this request alone: in those that it shares, its trace has the functions' spans and no others.
        await WaitForRestAsync();
        await PostAsync(Trace, Client, "/cart", "/", "/products/7");

        await WaitForAsync(Trace, OfPageViews, span => span.Function);
        await WaitForAsync(
            Trace,
            ["POST api/ingest/{topic}", "Functions.IngestEvents", "send web-logs", "Functions.RoutePageViews", "process page-views", "send page-views-clean", "apply page-view-totals", "commit page-view-totals"],
            span => span.Name);
        await RequireTreeAsync(Trace, Client);
    }

    /// <summary>Records of several requests come in common batches.</summary>
    [Fact]
    public async Task Ingest_OfManyRequestsAtOnce_IsATraceEachOverAllItsFunctions()
    {
        string[] traces = [.. Enumerable.Range(1, 12).Select(number => number.ToString("x32", CultureInfo.InvariantCulture))];

        await Task.WhenAll(traces.Select((trace, number) => PostAsync(trace, "00f067aa0ba902b7", $"/products/{number}", "/", $"/about/{number}")));

        foreach (var trace in traces)
        {
            await WaitForAsync(trace, OfPageViews, span => span.Function);
        }
    }

    /// <summary>What Prometheus gets is what docs/telemetry.md says.</summary>
    [Fact]
    public async Task Metrics_OfTheRunningApp_AreThoseOfThePage()
    {
        await PostAsync("0af7651916cd43dd8448eb211c80319c", "00f067aa0ba902b7", "/cart");
        using var client = app.Pipeline.CreateClient();
        IReadOnlyList<Exposition.Series> series = [];
        await Poll.UntilAsync(
            "metrics of functions, lag, state and broker",
            async () =>
            {
                series = Exposition.Read(await client.GetStringAsync(new Uri("metrics", UriKind.Relative), Cancellation));
                return MustBeThere.All(name => series.Any(one => one.Name == name));
            },
            () => string.Join(", ", MustBeThere.Where(name => series.All(one => one.Name != name))));

        var page = MetricsPage.Read().ToDictionary(entry => entry.Prometheus, StringComparer.Ordinal);
        Assert.All(series.Where(one => one.Name.StartsWith("kafkafunctions_", StringComparison.Ordinal) || one.Name.StartsWith("messaging_", StringComparison.Ordinal)), one =>
        {
            Assert.True(page.TryGetValue(one.Name, out var entry), $"docs/telemetry.md has no {one.Name}.");
            Assert.Equal(entry.Kind, one.Kind);
            Assert.Empty(one.Labels.Except(entry.Labels).Except(["otel_scope_name", "le"]));
            Assert.Empty(entry.Labels.Except(one.Labels).Except(["error_type"]));
        });
    }

    /// <summary>Each span's parent is in the trace, too.</summary>
    private async Task RequireTreeAsync(string trace, string root)
    {
        string[] lost = [];
        await Poll.UntilAsync(
            "the parents of all spans",
            () =>
            {
                var spans = app.Receiver.Spans.Where(span => span.TraceId == trace).ToList();
                var known = spans.Select(span => span.SpanId).Append(root).ToHashSet();
                Assert.All(spans, span => Assert.Equal("shop", span.Service));
                lost = [.. spans.Where(span => !known.Contains(span.ParentId)).Select(span => span.Name)];
                return lost.Length == 0;
            },
            () => string.Join(", ", lost));
    }

    /// <summary>Waits until nothing flows any more, down the pipeline.</summary>
    private async Task WaitForRestAsync()
    {
        foreach (var (group, topic) in Stages)
        {
            await app.Pipeline.WaitForNoLagAsync(group, topic);
        }
    }

    /// <summary>Waits until a trace has spans of all that is expected.</summary>
    private async Task WaitForAsync(string trace, string[] expected, Func<OtlpSpan, string?> of)
    {
        string[] missing = [];
        await Poll.UntilAsync(
            $"a trace over {string.Join(", ", expected)}",
            () =>
            {
                var found = app.Receiver.Spans.Where(span => span.TraceId == trace).Select(of).ToHashSet();
                missing = [.. expected.Where(one => !found.Contains(one))];
                return missing.Length == 0;
            },
            () => $"It lacks {string.Join(", ", missing)}. The app printed:\n{app.Pipeline.App.Printed}");
    }

    private async Task PostAsync(string trace, string parent, params string[] paths)
    {
        using var client = app.Pipeline.CreateClient();
        var lines = paths.Select(path => $"10.0.0.1 - - [01/Mar/2026:12:00:00 +0100] \"GET {path} HTTP/1.1\" 200 512 \"-\" {Person}");
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/ingest/web-logs") { Content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "text/plain") };
        request.Headers.Add("traceparent", $"00-{trace}-{parent}-01");
        using var response = await client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
