using System.Net;
using System.Text;

namespace KafkaFunctions.SelfHost.Tests.Http;

public sealed class FunctionEndpointsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/action", HttpStatusCode.Accepted, """{"method":"GET"}""")]
    [InlineData("/api/Plain", HttpStatusCode.OK, "/api/Plain")]
    [InlineData("/api/things/cup/7?name=blue&id=9", HttpStatusCode.OK, """{"kind":"cup","id":7,"name":"blue","same":true}""")]
    [InlineData("/api/things/cup/7", HttpStatusCode.OK, """{"kind":"cup","id":7,"name":null,"same":true}""")]
    [InlineData("/api/property", HttpStatusCode.OK, "GET")]
    [InlineData("/api/fails", HttpStatusCode.InternalServerError, "")]
    [InlineData("/api/result", HttpStatusCode.MethodNotAllowed, "")]
    [InlineData("/api/nothing", HttpStatusCode.NotFound, "")]
    public async Task Get_Function_AnswersWithItsResult(string path, HttpStatusCode status, string body)
    {
        await using var app = await App().StartAsync();

        using var response = await app.Http.GetAsync(path, Cancelled);

        Assert.Equal((status, body), (response.StatusCode, await response.Content.ReadAsStringAsync(Cancelled)));
    }

    [Fact]
    public async Task Post_Function_ReadsTheBody()
    {
        await using var app = await App().StartAsync();
        using var content = new StringContent("hello", Encoding.UTF8);

        using var response = await app.Http.PostAsync("/api/result", content, Cancelled);

        Assert.Equal((HttpStatusCode.Created, "hello"), (response.StatusCode, await response.Content.ReadAsStringAsync(Cancelled)));
    }

    [Fact]
    public async Task Get_OtherPrefix_IsThatOfHostJson()
    {
        await using var app = App();
        app.Folder.Write("host.json", """{ "extensions": { "http": { "routePrefix": "" } } }""");
        await app.StartAsync();

        using var response = await app.Http.GetAsync("/action", Cancelled);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Theory]
    [InlineData("/api/function", null, HttpStatusCode.Unauthorized)]
    [InlineData("/api/function", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/api/function", "f-key", HttpStatusCode.OK)]
    [InlineData("/api/function", "m-key", HttpStatusCode.OK)]
    [InlineData("/api/admin", "f-key", HttpStatusCode.Unauthorized)]
    [InlineData("/api/admin", "m-key", HttpStatusCode.OK)]
    [InlineData("/api/action", null, HttpStatusCode.Accepted)]
    [InlineData("/admin/functions", null, HttpStatusCode.Unauthorized)]
    [InlineData("/admin/functions", "m-key", HttpStatusCode.OK)]
    [InlineData("/health/live", null, HttpStatusCode.OK)]
    public async Task Get_KeysConfigured_LevelIsEnforced(string path, string? key, HttpStatusCode status)
    {
        await using var app = await App(("FunctionKey", "f-key"), ("MasterKey", "m-key"), ("Host:Address", "127.0.0.1")).StartAsync();

        using var byHeader = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
        {
            byHeader.Headers.Add("x-functions-key", key);
        }

        using var headerResponse = await app.Http.SendAsync(byHeader, Cancelled);
        using var queryResponse = await app.Http.GetAsync(key is null ? path : $"{path}?code={key}", Cancelled);

        Assert.Equal((status, status), (headerResponse.StatusCode, queryResponse.StatusCode));
    }

    [Fact]
    public async Task Get_NoKeysConfigured_NothingIsAskedFor()
    {
        await using var app = await App().StartAsync();

        using var response = await app.Http.GetAsync("/api/admin", Cancelled);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Get_CorsOrigin_IsAllowed()
    {
        await using var app = await App(("Host:CORS", "https://portal.example")).StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/action");
        request.Headers.Add("Origin", "https://portal.example");

        using var response = await app.Http.SendAsync(request, Cancelled);

        Assert.Equal(["https://portal.example"], response.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    private static TestApp App(params (string Key, string Value)[] settings) => new()
    {
        Functions = [typeof(HttpSamples)],
        Settings = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value),
    };
}
