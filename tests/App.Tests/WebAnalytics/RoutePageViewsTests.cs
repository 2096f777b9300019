using KafkaFunctions.App.WebAnalytics;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;
using static KafkaFunctions.App.Tests.TestRecords;

namespace KafkaFunctions.App.Tests.WebAnalytics;

public sealed class RoutePageViewsTests
{
    [Theory]
    [InlineData(500, false, "errors")]
    [InlineData(599, true, "errors")]
    [InlineData(499, true, "bots")]
    [InlineData(200, true, "bots")]
    [InlineData(499, false, "clean")]
    [InlineData(0, false, "clean")]
    public void Run_PageView_GoesOneWayAsItIs(int status, bool isBot, string way)
    {
        var view = Received("k", $$""" { "unknown": [1e0], "isBot": {{(isBot ? "true" : "false")}}, "status": {{status}} } """, timestamp: 7);

        var branches = new RoutePageViews().Run([view], new TestFunctionContext());

        Assert.Equal((way == "errors" ? 1 : 0, way == "bots" ? 1 : 0, way == "clean" ? 1 : 0), (branches.Errors!.Length, branches.Bots!.Length, branches.Clean!.Length));
        OutputRecord output = ((OutputRecord[])[.. branches.Errors, .. branches.Bots, .. branches.Clean])[0];
        Assert.Same(view.Key, output.Key);
        Assert.Same(view.Value, output.Value);
        Assert.Equal(7, output.Timestamp);
    }

    [Theory]
    [InlineData("""{"status":200}""")]
    [InlineData("""{"isBot":false}""")]
    [InlineData("""{"status":"200","isBot":false}""")]
    [InlineData("""{"status":200,"isBot":false""")]
    [InlineData("""[]""")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData(null)]
    public void Run_NoPageView_IsPoison(string? value)
    {
        KafkaRecord[] batch = [Received("k", value)];

        var result = RoutePageViews.Processor.Run(
            batch, record => record.ToInputRecord(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(RecordOutcomeKind.Poison, result.Outcomes[0].Kind);
    }

    [Fact]
    public void Run_WhatParseWebLogsWrites_IsRouted()
    {
        const string Start = "10.0.0.1 - - [10/Oct/2000:13:55:36 +0200] \"GET / HTTP/1.1\" ";
        var parsed = new ParseWebLogs().Run(
            [Received(null, Start + "503 1"), Received(null, Start + "200 1 \"-\" \"curl/8.5.0\""), Received(null, Start + "200 1")],
            new TestFunctionContext());

        var branches = new RoutePageViews().Run([.. parsed.Select(output => Received(Text(output.Key), Text(output.Value)))], new TestFunctionContext());

        Assert.Equal((1, 1, 1), (branches.Errors!.Length, branches.Bots!.Length, branches.Clean!.Length));
    }
}
