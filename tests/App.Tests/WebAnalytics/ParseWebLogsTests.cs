using System.Text.Json;
using KafkaFunctions.App.WebAnalytics;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Worker.Processing;
using static KafkaFunctions.App.Tests.TestRecords;

namespace KafkaFunctions.App.Tests.WebAnalytics;

public sealed class ParseWebLogsTests
{
    private const string Line = "10.0.0.1 - - [10/Oct/2000:13:55:36 +0200] \"GET /a?b=1&c='+ HTTP/1.1\" 200 12 \"-\" \"curl/8.5.0\"";

    [Fact]
    public void Run_Line_IsAPageViewAtItsTime()
    {
        var output = Assert.Single(new ParseWebLogs().Run([Received(null, Line)], new TestFunctionContext()));

        Assert.Equal("10.0.0.1", Text(output.Key));
        Assert.Equal(DateTimeOffset.Parse("2000-10-10T11:55:36Z").ToUnixTimeMilliseconds(), output.Timestamp);
        Assert.Equal(
            """{"host":"10.0.0.1","time":"2000-10-10T13:55:36+02:00","method":"GET","path":"/a","query":"b=1&c='+","protocol":"HTTP/1.1","status":200,"bytes":12,"userAgent":"curl/8.5.0","isBot":true}""",
            Text(output.Value));
    }

    [Fact]
    public void Run_LineWithKey_KeepsTheKey() =>
        Assert.Equal("visitor", Text(Assert.Single(new ParseWebLogs().Run([Received("visitor", Line)], new TestFunctionContext())).Key));

    [Fact]
    public void Run_MalformedLineBetweenOthers_IsPoisonAtOnce()
    {
        var result = ParseWebLogs.Processor.Run(
            [Received(null, Line), Received(null, "10.0.0.1 - - oops"), Received(null, null), Received(null, Line)],
            record => record.ToInputRecord(),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            [RecordOutcomeKind.Processed, RecordOutcomeKind.Poison, RecordOutcomeKind.Poison, RecordOutcomeKind.Processed],
            result.Outcomes.Select(outcome => outcome.Kind));
        Assert.Equal(1, result.Outcomes[1].Attempts);
        Assert.Equal(13, Assert.IsType<LogLineFormatException>(result.Outcomes[1].Error).Column);
        Assert.Equal(1, Assert.IsType<LogLineFormatException>(result.Outcomes[2].Error).Column);
    }

    [Fact]
    public void Run_PageView_ReadsBack()
    {
        var output = Assert.Single(new ParseWebLogs().Run([Received(null, Line)], new TestFunctionContext()));

        Assert.Equal(AccessLogParser.Parse(Utf8(Line)), JsonSerializer.Deserialize(output.Value, AppJson.Wire.PageView));
    }
}
