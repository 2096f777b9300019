using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using KafkaFunctions.App.Ingest;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static KafkaFunctions.App.Tests.TestRecords;

namespace KafkaFunctions.App.Tests.Ingest;

public sealed class IngestEventsTests : IAsyncDisposable
{
    private readonly MemoryPublisher _publisher = new();
    private readonly IngestOptions _options = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task RunAsync_Records_ArePublishedAndTheirPlacesTold()
    {
        var answer = await PostAsync("[{\"id\":7},{\"id\":\"b\"},{\"id\":true}]", "application/json", request => request.QueryString = new("?keyField=id"));

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            """{"topic":"input-topic","count":3,"partitions":[{"partition":0,"count":2,"first":0,"last":1},{"partition":1,"count":1,"first":0,"last":0}],"records":[{"partition":0,"offset":0},{"partition":1,"offset":0},{"partition":0,"offset":1}]}""",
            answer.Body);
        Assert.Equal(["7", "b", "true"], _publisher["input-topic"].Select(record => Text(record.Key)));
        Assert.Equal(["{\"id\":7}", "{\"id\":\"b\"}", "{\"id\":true}"], _publisher["input-topic"].Select(record => Text(record.Value)));
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":2}", "application/x-ndjson", 2)]
    [InlineData("one\ntwo\nthree\n", "text/plain", 3)]
    [InlineData("{\"a\":1}\n{\"a\":2}", null, 2)]
    [InlineData("one\ntwo", null, 2)]
    public async Task RunAsync_OtherForms_ArePublished(string body, string? contentType, int count)
    {
        Assert.Equal(200, (await PostAsync(body, contentType)).Status);

        Assert.Equal(count, _publisher["input-topic"].Count);
    }

    [Fact]
    public async Task RunAsync_KeyHeader_IsTheKeyOfEveryRecord()
    {
        await PostAsync("a\nb", "text/plain", request => request.Headers["X-Record-Key"] = "schlüssel");

        Assert.Equal(["schlüssel", "schlüssel"], _publisher["input-topic"].Select(record => Text(record.Key)));
    }

    [Fact]
    public async Task RunAsync_CurrentActivity_IsTheRecordsTrace()
    {
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();

        await PostAsync("a", "text/plain");

        Assert.Equal(
            RecordHeader.FromText("traceparent", activity.Id!).ValueAsText,
            Assert.Single(Assert.Single(_publisher["input-topic"]).Headers, header => header.Key == "traceparent").ValueAsText);
    }

    [Fact]
    public async Task RunAsync_NoActivity_TakesTheInvocationsTrace()
    {
        await PostAsync("a", "text/plain");

        Assert.Equal(new TestFunctionContext().TraceContext.TraceParent, Assert.Single(Assert.Single(_publisher["input-topic"]).Headers).ValueAsText);
    }

    [Fact]
    public async Task RunAsync_BadRecord_IsToldAndNothingIsPublished()
    {
        var answer = await PostAsync("{\"a\":1}\n{\"a\":}\n", "application/x-ndjson");

        Assert.Equal(400, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        using var problem = JsonDocument.Parse(answer.Body);
        Assert.Equal(
            (400, 1, 2, 6, 13),
            (Number(problem, "status"), Number(problem, "index"), Number(problem, "line"), Number(problem, "column"), Number(problem, "byteOffset")));
        Assert.Equal("Bad Request", problem.RootElement.GetProperty("title").GetString());
        Assert.Empty(_publisher.Attempts);
    }

    [Fact]
    public async Task RunAsync_RecordOverTheTopicsLimit_IsToldAndNothingIsPublished()
    {
        _publisher.MaxRecordBytes = 400;

        var answer = await PostAsync("short\n" + new string('x', 400), "text/plain");

        Assert.Equal(413, answer.Status);
        using var problem = JsonDocument.Parse(answer.Body);
        Assert.Equal((1, 2, 6), (Number(problem, "index"), Number(problem, "line"), Number(problem, "byteOffset")));
        Assert.Empty(_publisher.Attempts);
    }

    [Theory]
    [InlineData("secrets")]
    [InlineData("Input-Topic")]
    [InlineData("output-topic")]
    [InlineData("web-logs,input-topic")]
    [InlineData("")]
    public async Task RunAsync_TopicNotOnTheList_Is404(string topic)
    {
        var answer = await PostAsync("a", "text/plain", topic: topic);

        Assert.Equal(404, answer.Status);
        Assert.Contains("Ingest:Topics", answer.Body, StringComparison.Ordinal);
        Assert.Empty(_publisher.Attempts);
    }

    [Fact]
    public async Task RunAsync_TopicOnTheList_IsTaken()
    {
        _options.Topics = " a , b";

        Assert.Equal(200, (await PostAsync("a", "text/plain", topic: "b")).Status);
    }

    [Theory]
    [InlineData("", "text/plain", 400)]
    [InlineData("", null, 400)]
    [InlineData("a", "text/html", 415)]
    public async Task RunAsync_UnusableBody_IsRejected(string body, string? contentType, int status) =>
        Assert.Equal(status, (await PostAsync(body, contentType)).Status);

    [Theory]
    [InlineData("?keyField=", null)]
    [InlineData("?keyField=a..b", null)]
    [InlineData("?keyField=id", "k")]
    public async Task RunAsync_UnusableKey_IsRejected(string query, string? key) =>
        Assert.Equal(400, (await PostAsync("{\"id\":1}", "application/json", request =>
        {
            request.QueryString = new(query);
            request.Headers["X-Record-Key"] = key;
        })).Status);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_BodyTooLarge_Is413(bool lengthIsKnown)
    {
        _options.MaxBodyBytes = 10;

        Assert.Equal(200, (await PostAsync("0123456789", "text/plain", request => request.ContentLength = lengthIsKnown ? 10 : null)).Status);
        Assert.Equal(413, (await PostAsync("01234567890", "text/plain", request => request.ContentLength = lengthIsKnown ? 11 : null)).Status);
    }

    [Fact]
    public async Task RunAsync_TooManyRecords_Is413()
    {
        _options.MaxRecords = 2;

        Assert.Equal(200, (await PostAsync("1\n2\n", "text/plain")).Status);
        Assert.Equal(413, (await PostAsync("1\n2\n3", "text/plain")).Status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("identity")]
    public async Task RunAsync_CompressedBody_IsRead(string encoding)
    {
        var answer = await PostAsync(Compress(Utf8("one\ntwo"), encoding), "text/plain", request => request.Headers.ContentEncoding = encoding);

        Assert.Equal(200, answer.Status);
        Assert.Equal(["one", "two"], _publisher["input-topic"].Select(record => Text(record.Value)));
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    public async Task RunAsync_UnknownCompression_Is415(string encoding) =>
        Assert.Equal(415, (await PostAsync("a", "text/plain", request => request.Headers.ContentEncoding = encoding)).Status);

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task RunAsync_BrokenCompression_Is400(string encoding)
    {
        var whole = Compress(Utf8(string.Join('\n', Enumerable.Range(0, 5000))), encoding);
        foreach (var body in (byte[][])[Utf8("not compressed at all"), whole[..(whole.Length / 2)], whole[..^1], []])
        {
            Assert.Equal(400, (await PostAsync(body, "text/plain", request => request.Headers.ContentEncoding = encoding)).Status);
        }

        Assert.Empty(_publisher.Attempts);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task RunAsync_DecompressionBomb_Is413(string encoding)
    {
        var bomb = Compress(new byte[64 * 1024 * 1024], encoding);

        Assert.Equal(413, (await PostAsync(bomb, "text/plain", request => request.Headers.ContentEncoding = encoding)).Status);
    }

    [Fact]
    public async Task RunAsync_ManyCompressedNothings_Is413()
    {
        _options.MaxBodyBytes = 1000;
        byte[] nothing = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

        var answer = await PostAsync(
            [.. Enumerable.Repeat(nothing, 100).SelectMany(bytes => bytes)],
            "text/plain",
            request =>
            {
                request.Headers.ContentEncoding = "gzip";
                request.ContentLength = null;
            });

        Assert.Equal(413, answer.Status);
    }

    [Fact]
    public async Task RunAsync_BrokerInTrouble_Is503WithRetryAfter()
    {
        foreach (var trouble in (Exception[])[
            new PublishException("input-topic", "gone"),
            new BrokerUnavailableException("gone"),
            new TopicNotFoundException("input-topic")])
        {
            _publisher.Failures.Enqueue(trouble);

            var answer = await PostAsync("a", "text/plain");

            Assert.Equal(503, answer.Status);
            Assert.Equal("5", answer.RetryAfter);
        }
    }

    [Fact]
    public async Task RunAsync_PublisherRefusesTheSize_Is413()
    {
        _publisher.Failures.Enqueue(new RecordTooLargeException("input-topic", 2, 1));

        Assert.Equal(413, (await PostAsync("a", "text/plain")).Status);
    }

    [Fact]
    public async Task RunAsync_TopicRefusesARecord_IsToldWhich()
    {
        _publisher.Failures.Enqueue(new RecordRefusedException("input-topic", 1, "it needs a key"));

        var answer = await PostAsync("a\n\nb", "text/plain");

        Assert.Equal(400, answer.Status);
        using var problem = JsonDocument.Parse(answer.Body);
        Assert.Equal((1, 3), (Number(problem, "index"), Number(problem, "line")));
        Assert.Contains("it needs a key", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NoAcknowledgement_Is503AfterTheTimeout()
    {
        _publisher.IsStuck = true;

        var answer = PostAsync("a", "text/plain");
        _time.Advance(_options.AcknowledgeTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(answer.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(503, (await answer).Status);
    }

    public ValueTask DisposeAsync() => _publisher.DisposeAsync();

    private static int Number(JsonDocument document, string name) => document.RootElement.GetProperty(name).GetInt32();

    private static byte[] Compress(byte[] bytes, string encoding)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = encoding.ToLowerInvariant() switch
        {
            "gzip" => new GZipStream(compressed, CompressionMode.Compress),
            "deflate" => new ZLibStream(compressed, CompressionMode.Compress),
            "br" => new BrotliStream(compressed, CompressionMode.Compress),
            _ => new BufferedStream(compressed),
        })
        {
            stream.Write(bytes);
        }

        return compressed.ToArray();
    }

    private Task<Answer> PostAsync(string body, string? contentType, Action<HttpRequest>? change = null, string topic = "input-topic") =>
        PostAsync(Utf8(body), contentType, change, topic);

    private async Task<Answer> PostAsync(byte[] body, string? contentType, Action<HttpRequest>? change = null, string topic = "input-topic")
    {
        var http = new DefaultHttpContext();
        http.Request.Method = "POST";
        http.Request.ContentType = contentType;
        http.Request.ContentLength = body.Length;
        http.Request.Body = new MemoryStream(body);
        http.Response.Body = new MemoryStream();
        change?.Invoke(http.Request);
        var options = Options.Create(_options);
        var function = new IngestEvents(
            new IngestPublisher(_publisher, options, _time, NullLogger<IngestPublisher>.Instance), options);

        var result = await function.RunAsync(http.Request, topic, new TestFunctionContext());
        await result.ExecuteResultAsync(new ActionContext { HttpContext = http });

        return new Answer(
            http.Response.StatusCode,
            Text(((MemoryStream)http.Response.Body).ToArray())!,
            http.Response.ContentType,
            http.Response.Headers.RetryAfter);
    }

    private sealed record Answer(int Status, string Body, string? ContentType, string? RetryAfter);
}
