using System.Text.Json;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Worker.Queries;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using static KafkaFunctions.Worker.Tests.TextRecords;

namespace KafkaFunctions.Worker.Tests.State;

public sealed class StateQueriesTests : IAsyncDisposable
{
    private readonly FakePublisher _publisher = new();
    private readonly InMemoryStateStorage _storage = new();
    private readonly StateLog _log = new();
    private readonly WorkerApp _app;

    public StateQueriesTests()
    {
        _storage.Hook = _log;
        _app = new WorkerApp
        {
            Functions = [typeof(CountFunctions), typeof(PlaceFunctions), typeof(MinuteFunctions)],
            Publisher = _publisher,
            Configure = builder => builder.Services.AddSingleton<IStateStorage>(_storage),
            Settings = { ["StateQueries:Timeout"] = "00:00:01" },
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _publisher.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task Answer_Key_IsItsEntry()
    {
        await _app.InvokeAsync("Count", Words(0, "a", "b", "a"));

        var (status, answer) = await AskAsync("word-counts", "a");

        Assert.Equal(200, status);
        Assert.Equal(("word-counts", "a", 2), (answer.GetProperty("store").GetString(), answer.GetProperty("key").GetString(), answer.GetProperty("value").GetInt32()));
        Assert.True(answer.GetProperty("version").GetInt64() > 0);
        Assert.True(answer.TryGetProperty("timestamp", out _));
    }

    [Theory]
    [InlineData("a/b", "a/b", "/api/state/word-counts/a/b", "")]
    [InlineData("a/b", "a%2Fb", "/api/state/word-counts/a%2Fb", "")]
    [InlineData("a%2Fb", "a%2Fb", "/api/state/word-counts/a%252Fb", "")]
    [InlineData("100%", "100%", "/api/state/word-counts/100%25", "")]
    [InlineData("ü x", "ü x", "/api/state/word-counts/%C3%BC%20x", "")]
    [InlineData("ü x", "ü x", "http://proxy/rewritten", "")]
    [InlineData("..", "Li4", "/api/state/word-counts/Li4", "?encoding=base64")]
    [InlineData("a/b", null, "/api/state/word-counts", "?key=a%2Fb")]
    [InlineData("a+?", null, "/api/state/word-counts", "?key=YSs%2F&encoding=base64")]
    [InlineData("", null, "/api/state/word-counts", "?key=")]
    public async Task Answer_KeyOfAnyLetters_IsFound(string key, string? routed, string target, string query)
    {
        await _app.InvokeAsync("Count", Words(0, "other", key));

        var (status, answer) = await AskAsync("word-counts", routed, query, target);

        Assert.True(status == 200, answer.ToString());
        Assert.Equal(1, answer.GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task Answer_KeysThatAreNoText_AreBase64()
    {
        await _app.InvokeAsync("Places", [Place([0xFF, 0x00], "{\"name\":\"x\"}")]);

        var (status, answer) = await AskAsync("places", "\uFFFD", target: "/api/state/places/%FF%00");
        var (_, page) = await AskAsync("places", null);

        Assert.Equal(200, status);
        Assert.Equal("""{"name":"x"}""", answer.GetProperty("value").GetRawText());
        Assert.Equal(("/wA=", "base64"), (answer.GetProperty("key").GetString(), answer.GetProperty("keyEncoding").GetString()));
        Assert.Equal("/wA=", page.GetProperty("entries")[0].GetProperty("key").GetString());
    }

    [Theory]
    [InlineData("word-counts", "c", "", 404, "KeyNotFound")]
    [InlineData("other", "c", "", 404, "The stores of this app are minute-counts, places, word-counts.")]
    [InlineData("../etc", "c", "", 404, "There is no store")]
    [InlineData("word-counts", null, "?limit=0", 400, "1 to 1000")]
    [InlineData("word-counts", null, "?limit=1001", 400, "1 to 1000")]
    [InlineData("word-counts", null, "?limit=x", 400, "1 to 1000")]
    [InlineData("word-counts", null, "?continuation=x", 400, "continuation")]
    [InlineData("word-counts", null, "?encoding=hex", 400, "base64")]
    [InlineData("word-counts", null, "?prefix=*&encoding=base64", 400, "prefix is not base64")]
    [InlineData("word-counts", "a", "?window=0", 400, "not by window")]
    [InlineData("minute-counts", "a", "", 404, "KeyNotFound")]
    [InlineData("minute-counts", "k", "?window=60001", 404, "KeyNotFound")]
    [InlineData("minute-counts", "k", "?window=noon", 400, "window is 'noon'")]
    [InlineData("minute-counts", "k", "?from=1/2/2026", 400, "from is '1/2/2026'")]
    [InlineData("minute-counts", "k", "?to=x", 400, "to is 'x'")]
    [InlineData("minute-counts", "k", "?limit=0", 400, "1 to 1000")]
    [InlineData("minute-counts", "k", "?continuation=AWE", 400, "of another key")]
    [InlineData("minute-counts", "k", "?continuation=AgAA", 400, "continuation")]
    public async Task Answer_WrongQuery_SaysWhatIsWrong(string store, string? key, string query, int expected, string detail)
    {
        await _app.InvokeAsync("Count", Words(0, "a"));
        await _app.InvokeAsync("Minutes", Events(("k", 0)));

        var (status, problem) = await AskAsync(store, key, query);

        Assert.Equal(expected, status);
        Assert.Contains(detail, problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(expected, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Answer_StoreThatIsNotMadeYet_IsEmptyAndIsNotMade()
    {
        Assert.Equal(404, (await AskAsync("word-counts", "a")).Status);
        Assert.Equal("[]", (await AskAsync("word-counts", null)).Answer.GetProperty("entries").GetRawText());
        Assert.Empty(await _storage.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Answer_Listing_GoesOnPageByPageInOrder()
    {
        await _app.InvokeAsync("Count", Words(0, [.. Enumerable.Range(0, 25).Select(i => $"k{i:00}")]));

        var keys = new List<string?>();
        var pages = 0;
        for (var continuation = ""; continuation is not null; pages++)
        {
            var (_, page) = await AskAsync("word-counts", null, $"?limit=7&prefix=k&from=k03&to=k20&continuation={continuation}");
            keys.AddRange(page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("key").GetString()));
            continuation = page.GetProperty("continuation").GetString();
        }

        Assert.Equal(Enumerable.Range(3, 18).Select(i => $"k{i:00}"), keys);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task Answer_KeyOfAWindowedStore_IsItsWindowsTheNewestLast()
    {
        await _app.InvokeAsync("Minutes", Events(("k", 60_000), ("k", 0), ("j", 0), ("k", 59_999)));

        var (status, answer) = await AskAsync("minute-counts", "k");

        Assert.Equal(200, status);
        Assert.Equal(
            """{"store":"minute-counts","key":"k","windows":[{"window":{"start":"1970-01-01T00:00:00.000Z","end":"1970-01-01T00:01:00.000Z"},"value":2,"version":2,"timestamp":59999},{"window":{"start":"1970-01-01T00:01:00.000Z","end":"1970-01-01T00:02:00.000Z"},"value":1,"version":2,"timestamp":60000}],"continuation":null}""",
            answer.GetRawText());
    }

    [Theory]
    [InlineData("60000")]
    [InlineData("1970-01-01T00:01:00.000Z")]
    [InlineData("1970-01-01T00:01Z")]
    [InlineData("1970-01-01T00:01")]
    [InlineData("1970-01-01T01:01:00%2B01:00")]
    public async Task Answer_OneWindow_IsItsEntry(string start)
    {
        await _app.InvokeAsync("Minutes", Events(("k", 0), ("k", 60_000)));

        var (status, answer) = await AskAsync("minute-counts", "k", $"?window={start}");

        Assert.Equal(200, status);
        Assert.Equal(
            """{"store":"minute-counts","key":"k","window":{"start":"1970-01-01T00:01:00.000Z","end":"1970-01-01T00:02:00.000Z"},"value":1,"version":2,"timestamp":60000}""",
            answer.GetRawText());
    }

    [Theory]
    [InlineData("?from=120000&to=600000&limit=4", 2, 10)]
    [InlineData("?from=1970-01-01T00:02:00Z&to=1970-01-01T00:02:00Z", 2, 2)]
    [InlineData("?to=59999", 0, 0)]
    [InlineData("?from=60001", 2, 299)]
    public async Task Answer_WindowsFromTo_GoOnPageByPage(string query, int first, int last)
    {
        await _app.InvokeAsync("Minutes", Events([.. Enumerable.Range(0, 300).Select(i => ("k", i * 60_000L))]));

        var starts = new List<long>();
        for (string? continuation = ""; continuation is not null;)
        {
            var (_, page) = await AskAsync("minute-counts", "k", $"{query}&continuation={continuation}");
            starts.AddRange(page.GetProperty("windows").EnumerateArray().Select(entry => entry.GetProperty("window").GetProperty("start").GetDateTimeOffset().ToUnixTimeMilliseconds()));
            continuation = page.GetProperty("continuation").GetString();
        }

        Assert.Equal(Enumerable.Range(first, last - first + 1).Select(i => i * 60_000L), starts);
    }

    [Fact]
    public async Task Answer_ListingOfAWindowedStore_HasAnEntryPerKeyAndWindow()
    {
        await _app.InvokeAsync("Minutes", Events([.. Enumerable.Range(0, 5).SelectMany(i => new[] { ("j", i * 60_000L), ("k", i * 60_000L) })]));

        var entries = new List<string>();
        for (string? continuation = ""; continuation is not null;)
        {
            var (_, page) = await AskAsync("minute-counts", null, $"?limit=3&continuation={continuation}");
            entries.AddRange(page.GetProperty("entries").EnumerateArray().Select(entry => $"{entry.GetProperty("key").GetString()} {entry.GetProperty("window").GetProperty("start").GetString()}"));
            continuation = page.GetProperty("continuation").GetString();
        }

        Assert.Equal(new[] { "j", "k" }.SelectMany(key => Enumerable.Range(0, 5).Select(i => $"{key} 1970-01-01T00:0{i}:00.000Z")), entries);
    }

    [Fact]
    public async Task Answer_StorageDoesNotAnswer_Is503WithRetryAfter()
    {
        await _app.InvokeAsync("Count", Words(0, "a"));
        _log.Before = _ => throw new StateUnavailableException("word-counts", "The store does not answer.");

        var http = await SendAsync("word-counts", "a", "", null);

        Assert.Equal((503, "5"), (http.Response.StatusCode, http.Response.Headers.RetryAfter.ToString()));
    }

    [Fact]
    public async Task Answer_StorageTakesTooLong_Is503()
    {
        await _app.InvokeAsync("Count", Words(0, "a"));
        _log.WaitsForEver = true;

        var (status, problem) = await AskAsync("word-counts", "a");

        Assert.Equal(503, status);
        Assert.Contains("StateQueries__Timeout", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_DamagedRow_Is500AndSaysWhich()
    {
        await _app.InvokeAsync("Count", Words(0, "a"));
        var store = await _storage.OpenAsync("word-counts", TestContext.Current.CancellationToken);
        await store.WriteAsync(StateBucket.Progress, [new StateWrite(new StateKey("D"u8.ToArray()), [99], (await store.ReadAsync(StateBucket.Progress, [new StateKey("D"u8.ToArray())], TestContext.Current.CancellationToken))[0]!.ETag)], TestContext.Current.CancellationToken);

        var (status, problem) = await AskAsync("word-counts", "a");

        Assert.Equal(500, status);
        Assert.Contains("word-counts", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static KafkaRecord[] Words(long offset, params string[] words)
    {
        var records = From(offset, words);
        Array.ForEach(records, record => record.Topic = "words");
        return records;
    }

    private static KafkaRecord[] Events(params (string Key, long Timestamp)[] events)
    {
        var records = From(0, [.. events.Select(_ => "x")]);
        for (var i = 0; i < records.Length; i++)
        {
            (records[i].Topic, records[i].Key) = ("events", System.Text.Encoding.UTF8.GetBytes(events[i].Key));
            records[i].Timestamp = new KafkaTimestamp { UnixTimestampMs = events[i].Timestamp, Type = KafkaTimestampType.CreateTime };
        }

        return records;
    }

    private static KafkaRecord Place(byte[] key, string value)
    {
        var record = Record(0, value);
        (record.Topic, record.Key) = ("places", key);
        return record;
    }

    private async Task<(int Status, JsonElement Answer)> AskAsync(string store, string? key, string query = "", string? target = null)
    {
        var http = await SendAsync(store, key, query, target);
        http.Response.Body.Position = 0;
        using var answer = await JsonDocument.ParseAsync(http.Response.Body, cancellationToken: TestContext.Current.CancellationToken);
        return (http.Response.StatusCode, answer.RootElement.Clone());
    }

    private async Task<HttpContext> SendAsync(string store, string? key, string query, string? target)
    {
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        http.Request.Path = key is null ? $"/api/state/{store}" : $"/api/state/{store}/{key}";
        http.Request.QueryString = new QueryString(query);
        http.Features.Get<IHttpRequestFeature>()!.RawTarget = (target ?? Uri.EscapeDataString(http.Request.Path).Replace("%2F", "/", StringComparison.Ordinal)) + query;
        var result = await _app.Services.GetRequiredService<StateQueries>().AnswerAsync(http.Request, store, key, TestContext.Current.CancellationToken);
        await result.ExecuteResultAsync(new ActionContext(http, new RouteData(), new Microsoft.AspNetCore.Mvc.Abstractions.ActionDescriptor()));
        return http;
    }
}
