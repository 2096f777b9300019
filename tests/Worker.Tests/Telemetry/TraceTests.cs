using System.Text;
using KafkaFunctions.App.Ingest;
using KafkaFunctions.App.WebAnalytics;
using KafkaFunctions.SelfHost.Http;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.Worker.Tests.Telemetry;

/// <summary>One trace spans the app's whole pipeline, over the embedded log.</summary>
public sealed class TraceTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string Line = "10.0.0.1 - - [10/Oct/2025:13:55:36 +0000] \"GET /cart HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0\"";

    [Fact]
    public async Task Ingest_RequestWithATraceId_ArrivesInPageViewsClean()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var app = new WorkerApp
        {
            Functions = [typeof(IngestEvents), typeof(ParseWebLogs), typeof(RoutePageViews)],
            Settings = { ["FunctionKey"] = "secret" },
            Configure = builder =>
            {
                builder.ConfigureFunctionsWebApplication();
                builder.Services.AddOptions<IngestOptions>();
                builder.Services.AddSingleton<IngestPublisher>();
            },
        };
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<HttpOrigin>().Text) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/ingest/web-logs") { Content = new StringContent(Line, Encoding.UTF8, "text/plain") };
        request.Headers.Add("x-functions-key", "secret");
        request.Headers.Add("traceparent", $"00-{TraceId}-b7ad6b7169203331-01");

        using var response = await http.SendAsync(request, cancellation);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancellation));
        var record = await app.Services.GetRequiredService<ITopicClient>()
            .ReadAsync(new ReadRequest("page-views-clean") { FromBeginning = true }, cancellation)
            .FirstAsync(cancellation);

        var trace = Assert.Single(record.Headers, header => header.Key == HeaderNames.TraceParent);
        Assert.Equal(TraceId, trace.ValueAsText!.Split('-')[1]);
    }
}
