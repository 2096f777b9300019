using System.Net;

namespace KafkaFunctions.Client.Tests;

public sealed class StateClientTests : IDisposable
{
    private readonly FakeApp _app = new();
    private readonly HttpClient _http;

    public StateClientTests() => _http = new HttpClient(_app);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Get_Entry_IsRead()
    {
        _app.Answers("""{"store":"customers","key":"c/1","value":{"name":"Ann","orders":3},"version":9,"timestamp":1000}""");

        var found = await Client().GetAsync("customers", "c/1", ShopJson.Default.Customer, Cancellation);

        Assert.Equal(new StateValue<Customer>("c/1", new Customer("Ann", 3), 9, DateTimeOffset.UnixEpoch.AddSeconds(1)), found);
        Assert.Equal(["/api/state/customers?key=c%2F1"], _app.Asked);
        Assert.Equal(["secret"], _app.Keys);
    }

    [Fact]
    public async Task Get_KeyOfBytes_IsBase64()
    {
        _app.Answers("""{"store":"blobs","key":"/wA=","keyEncoding":"base64","value":"AQI=","valueEncoding":"base64","version":1,"timestamp":null}""");

        var found = (await Client().GetAsync("blobs", new byte[] { 0xFF, 0x00 }, ShopJson.Default.ByteArray, Cancellation))!;

        Assert.Equal([1, 2], found.Value);
        Assert.Equal(("/wA=", true, null), (found.Key, found.IsKeyBase64, found.Timestamp));
        Assert.Equal(["/api/state/blobs?key=%2FwA%3D&encoding=base64"], _app.Asked);
    }

    [Fact]
    public async Task Get_NoSuchKey_IsNull()
    {
        _app.Answers("""{"title":"Not Found","status":404,"detail":"...","code":"KeyNotFound"}""", HttpStatusCode.NotFound);

        Assert.Null(await Client().GetAsync("customers", "c1", ShopJson.Default.Customer, Cancellation));
    }

    [Theory]
    [InlineData("""{"title":"Not Found","status":404,"detail":"There is no store 'x'.","code":"StoreNotFound"}""", HttpStatusCode.NotFound, "There is no store 'x'.")]
    [InlineData("", HttpStatusCode.NotFound, "Check the address")]
    [InlineData("<html>", HttpStatusCode.NotFound, "Check the address")]
    [InlineData("", HttpStatusCode.Unauthorized, "function key")]
    [InlineData("<html>", HttpStatusCode.OK, "Check the address")]
    [InlineData("null", HttpStatusCode.OK, "Check the address")]
    public async Task Get_Refused_SaysWhy(string body, HttpStatusCode status, string expected)
    {
        _app.Answers(body, status);

        var error = await Assert.ThrowsAsync<StateClientException>(() => Client().GetAsync("x", "k", ShopJson.Default.Customer, Cancellation));

        Assert.Equal((status, null), (error.Status, error.RetryAfter));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_StorageDoesNotAnswer_SaysWhenToTryAgain()
    {
        _app.Answers("""{"title":"Service Unavailable","status":503,"detail":"busy"}""", HttpStatusCode.ServiceUnavailable, retryAfter: 5);

        var error = await Assert.ThrowsAsync<StateClientException>(() => Client().GetAsync("x", "k", ShopJson.Default.Customer, Cancellation));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (error.Status, error.RetryAfter));
    }

    [Fact]
    public async Task Get_NothingListensOrTooLate_SaysSo()
    {
        _app.Fails(new HttpRequestException("refused")).Fails(new TaskCanceledException());

        var unreachable = await Assert.ThrowsAsync<StateClientException>(() => Client().GetAsync("x", "k", ShopJson.Default.Customer, Cancellation));
        var late = await Assert.ThrowsAsync<StateClientException>(() => Client().GetAsync("x", "k", ShopJson.Default.Customer, Cancellation));

        Assert.Null(unreachable.Status);
        Assert.Contains("cannot be reached", unreachable.Message, StringComparison.Ordinal);
        Assert.Contains("Timeout", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ValueOfAnotherType_NamesTheKey()
    {
        _app.Answers("""{"store":"customers","key":"c1","value":"text","version":9,"timestamp":1000}""");

        var error = await Assert.ThrowsAsync<StateClientException>(() => Client().GetAsync("customers", "c1", ShopJson.Default.Int64, Cancellation));

        Assert.Contains("'c1'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetWindow_Entry_IsRead()
    {
        _app.Answers("""{"store":"minutes","key":"/cart","window":{"start":"2026-03-01T11:00:00.000Z","end":"2026-03-01T11:01:00.000Z"},"value":3,"version":9,"timestamp":1000}""");
        var start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1));

        var found = (await Client().GetWindowAsync("minutes", "/cart", start, ShopJson.Default.Int64, Cancellation))!;

        Assert.Equal((3, new StateWindow(start, start.AddMinutes(1))), (found.Value, found.Window));
        Assert.Equal(["/api/state/minutes?key=%2Fcart&window=1772362800000"], _app.Asked);
    }

    [Fact]
    public async Task GetWindows_Pages_AreAskedForAsTheyAreRead()
    {
        _app.Answers("""{"store":"minutes","key":"a","windows":[{"window":{"start":"1970-01-01T00:00:00.000Z","end":"1970-01-01T00:01:00.000Z"},"value":1,"version":1,"timestamp":1}],"continuation":"AgAB"}""")
            .Answers("""{"store":"minutes","key":"a","windows":[{"window":{"start":"1970-01-01T00:01:00.000Z","end":"9223372036854775807"},"value":2,"version":1,"timestamp":1}],"continuation":null}""");

        var found = await Client().GetWindowsAsync("minutes", "a", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMinutes(1), ShopJson.Default.Int64, Cancellation).ToListAsync(Cancellation);

        Assert.Equal([1, 2], found.Select(window => window.Value));
        Assert.Equal((DateTimeOffset.UnixEpoch.AddMinutes(1), 9999), (found[1].Window!.Start, found[1].Window!.End.Year));
        Assert.Equal(["/api/state/minutes?key=a&from=0&to=60000", "/api/state/minutes?key=a&from=0&to=60000&continuation=AgAB"], _app.Asked);
    }

    [Fact]
    public async Task GetWindows_NoSuchKey_IsNothing()
    {
        _app.Answers("""{"title":"Not Found","status":404,"detail":"...","code":"KeyNotFound"}""", HttpStatusCode.NotFound);

        Assert.Empty(await Client().GetWindowsAsync("minutes", "a", null, null, ShopJson.Default.Int64, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Get_StoreOfTheOtherKind_SaysHowToAsk()
    {
        _app.Answers("""{"store":"minutes","key":"a","windows":[],"continuation":null}""").Answers("""{"store":"totals","key":"a","value":1,"version":1,"timestamp":1}""");

        var windowed = await Assert.ThrowsAsync<StateClientException>(() => Client().GetAsync("minutes", "a", ShopJson.Default.Int64, Cancellation));
        var plain = await Assert.ThrowsAsync<StateClientException>(
            async () => await Client().GetWindowsAsync("totals", "a", null, null, ShopJson.Default.Int64, Cancellation).ToListAsync(Cancellation));

        Assert.Contains("GetWindowsAsync", windowed.Message, StringComparison.Ordinal);
        Assert.Contains("GetAsync", plain.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Pages_AreAskedForAsTheyAreRead()
    {
        _app.Answers("""{"store":"totals","entries":[{"key":"a","value":1,"version":1,"timestamp":1},{"key":"b","value":2,"version":1,"timestamp":1}],"continuation":"AWM"}""")
            .Answers("""{"store":"totals","entries":[{"key":"c","value":3,"version":1,"timestamp":1}],"continuation":null}""");
        var seen = new List<(string Key, long Value, int Asked)>();

        await foreach (var total in Client().ListAsync("totals", StateKeys.Between("a", "x y") with { PageSize = 2 }, ShopJson.Default.Int64, Cancellation))
        {
            seen.Add((total.Key, total.Value, _app.Asked.Count));
        }

        Assert.Equal([("a", 1, 1), ("b", 2, 1), ("c", 3, 2)], seen);
        Assert.Equal(["/api/state/totals?limit=2&from=a&to=x%20y", "/api/state/totals?limit=2&from=a&to=x%20y&continuation=AWM"], _app.Asked);
    }

    [Fact]
    public async Task List_WithoutTypeInfo_ReadsTheWebsDefaults()
    {
        _app.Answers("""{"store":"customers","entries":[{"key":"a","value":{"name":"Ann","orders":1},"version":1,"timestamp":1}],"continuation":null}""");

        var found = await Client().ListAsync<Customer>("customers", StateKeys.WithPrefix("a"), Cancellation).SingleAsync(Cancellation);

        Assert.Equal(new Customer("Ann", 1), found.Value);
        Assert.Equal(["/api/state/customers?limit=100&prefix=a"], _app.Asked);
    }

    // Without the slash at the end, as people write addresses.
    private StateClient Client() => new(_http, new Uri("http://localhost:7071/api"), "secret");
}
