using KafkaFunctions.App;
using KafkaFunctions.App.WebAnalytics;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Testing;

namespace KafkaFunctions.Sample.Tests;

/// <summary>A pipeline: from lines of access logs to the totals of pages.</summary>
public sealed class WebAnalyticsTests
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64)";
    private const string Crawler = "Googlebot/2.1 (+http://www.google.com/bot.html)";

    [Fact]
    public async Task Lines_OfPeople_AreCountedPerPage()
    {
        await using var test = Pipeline();
        var logs = test.Input("web-logs", Serdes.Bytes, Serdes.Utf8);

        await logs.PipeAsync(null, Line("/", 200, Browser));
        await logs.PipeAsync(null, Line("/", 200, Crawler));
        await logs.PipeAsync(null, Line("/", 500, Browser));
        await logs.PipeAsync(null, Line("/?q=1", 200, Browser));

        Assert.Equal(2, test.Store("page-view-totals", Serdes.Utf8, Serdes.Int64)["/"]);
        Assert.Equal(1, test.Output("page-views-bots", Serdes.Bytes, Serdes.Bytes).Unread);
        Assert.Equal(1, test.Output("page-views-errors", Serdes.Bytes, Serdes.Bytes).Unread);
    }

    [Fact]
    public async Task Line_ThatIsNone_IsADeadLetterAndTheOthersGoOn()
    {
        await using var test = Pipeline();

        await test.Input("web-logs", Serdes.Bytes, Serdes.Utf8).PipeAsync([(null, "hello"), (null, Line("/", 200, Browser))]);

        var letter = Assert.Single(test.DeadLetters("web-logs"));
        Assert.Equal("ParseWebLogs", letter.Function);
        Assert.Equal(0, letter.Offset);
        Assert.Equal(1, test.Store("page-view-totals", Serdes.Utf8, Serdes.Int64)["/"]);
    }

    [Fact]
    public async Task PageView_HasTheTimeOfItsRequest()
    {
        await using var test = Pipeline();

        await test.Input("web-logs", Serdes.Bytes, Serdes.Utf8).PipeAsync(null, Line("/", 200, Browser));

        var view = test.Output("page-views", Serdes.Utf8, Serdes.Json(AppJson.Wire.PageView)).Read();
        Assert.Equal(new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero), view.Time);
        Assert.Equal(("192.0.2.1", "/"), (view.Key, view.Value?.Path));
    }

    [Fact]
    public async Task Pipeline_BrokerAndStoreInTrouble_LosesAndDoublesNothing()
    {
        await using var test = Pipeline();
        test.Inject(Fault.Crash, Step.AfterPublishOf(2).Of("ParseWebLogs"));
        test.Inject(Fault.LostAcknowledgement, Step.AfterPublish.Of("RoutePageViews"));
        test.Inject(Fault.Unavailable, Step.BeforeStateWrite, times: 3);
        test.Inject(Fault.Rebalance, Step.BeforeProgress);

        await test.Input("web-logs", Serdes.Bytes, Serdes.Utf8)
            .PipeAsync([(null, Line("/", 200, Browser)), (null, Line("/a", 200, Browser)), (null, Line("/", 200, Browser))]);

        var totals = test.Store("page-view-totals", Serdes.Utf8, Serdes.Int64);
        Assert.Equal([("/", 2), ("/a", 1)], totals.All().Select(entry => (entry.Key, entry.Value)));
    }

    private static PipelineTest Pipeline() => PipelineTest.Create(builder =>
    {
        builder.CancellationToken = TestContext.Current.CancellationToken;
        builder.Add<ParseWebLogs>().Add<RoutePageViews>().Add<CountPageViews>();
    });

    private static string Line(string target, int status, string agent) =>
        $"192.0.2.1 - - [01/May/2024:12:00:00 +0000] \"GET {target} HTTP/1.1\" {status} 512 \"-\" \"{agent}\"";
}
