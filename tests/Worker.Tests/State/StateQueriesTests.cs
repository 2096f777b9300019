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
            Functions = [typeof(CountFunctions), typeof(PlaceFunctions)],
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
    [InlineData("other", "c", "", 404, "The stores of this app are places, word-counts.")]
    [InlineData("../etc", "c", "", 404, "There is no store")]
    [InlineData("word-counts", null, "?limit=0", 400, "1 to 1000")]
    [InlineData("word-counts", null, "?limit=1001", 400, "1 to 1000")]
    [InlineData("word-counts", null, "?limit=x", 400, "1 to 1000")]
    [InlineData("word-counts", null, "?continuation=x", 400, "continuation")]
    [InlineData("word-counts", null, "?encoding=hex", 400, "base64")]
    [InlineData("word-counts", null, "?prefix=*&encoding=base64", 400, "prefix is not base64")]
    public async Task Answer_WrongQuery_SaysWhatIsWrong(string store, string? key, string query, int expected, string detail)
    {
        await _app.InvokeAsync("Count", Words(0, "a"));

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
