using System.Net;
using KafkaFunctions.Client;
using KafkaFunctions.EndToEnd.Tests.Harness;

namespace KafkaFunctions.EndToEnd.Tests.State;

/// <summary>State on the embedded storage, asked for over HTTP, by the client and by the command line.</summary>
public sealed class StateQueryTests : IAsyncDisposable
{
    private readonly CountingApp _app = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Queries_ByClientAndCommandLine_SeeWhatWasCounted()
    {
        await _app.StartAsync();
        string[] words = [.. Enumerable.Range(0, 150).Select(i => $"w{i:000}"), "a/b", "a%2Fb", "..", "ü x", "the", "the"];
        await _app.ProduceAsync("words", string.Join('\n', words) + "\n");
        await _app.ProduceAsync("profile-changes", """{"id":"p1","name":"Ann","visits":3}""", "--key-field", "id");
        await _app.WaitForCountAsync("the", 2);

        var all = await _app.Client.ListAsync("word-counts", null, JsonTypes.Default.Int64, Cancellation).ToListAsync(Cancellation);
        var some = await _app.Client.ListAsync("word-counts", StateKeys.Between("w010", "w019") with { PageSize = 3 }, JsonTypes.Default.Int64, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(words.Distinct().Order(StringComparer.Ordinal), all.Select(word => word.Key));
        Assert.Equal(Enumerable.Range(10, 10).Select(i => $"w{i:000}"), some.Select(word => word.Key));
        foreach (var word in words.Distinct())
        {
            Assert.NotNull(await _app.Client.GetAsync("word-counts", word, JsonTypes.Default.Int64, Cancellation));
        }

        var profile = await Poll.ForAsync("the profile", () => _app.Client.GetAsync("profiles", "p1"u8.ToArray(), JsonTypes.Default.Profile, Cancellation), () => _app.Printed);
        Assert.Equal(new Profile("Ann", 3), profile.Value);
        Assert.Null(await _app.Client.GetAsync("word-counts", "never", JsonTypes.Default.Int64, Cancellation));
        await AssertPathsAsync();
        await AssertRefusalsAsync();
        await AssertCommandsAsync(words);
    }

    private async Task AssertPathsAsync()
    {
        foreach (var (path, key) in new[] { ("the", "the"), ("a%2Fb", "a/b"), ("a/b", "a/b"), ("a%252Fb", "a%2Fb"), ("%C3%BC%20x", "ü x"), ("Li4?encoding=base64", "Li4=") })
        {
            using var http = new HttpClient { DefaultRequestHeaders = { { "x-functions-key", "e2e-key" } } };
            var answer = await http.GetStringAsync(new Uri(_app.Address, "state/word-counts/" + path), Cancellation);
            Assert.Contains($"\"key\":\"{key}\"", answer, StringComparison.Ordinal);
        }
    }

    private async Task AssertRefusalsAsync()
    {
        var unknown = await Assert.ThrowsAsync<StateClientException>(() => _app.Client.GetAsync("nope", "x", JsonTypes.Default.Int64, Cancellation));
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Contains("profiles, word-counts", unknown.Message, StringComparison.Ordinal);

        var denied = await Assert.ThrowsAsync<StateClientException>(() => _app.ClientWith("wrong").GetAsync("word-counts", "the", JsonTypes.Default.Int64, Cancellation));
        Assert.Equal(HttpStatusCode.Unauthorized, denied.Status);
    }

    private async Task AssertCommandsAsync(string[] words)
    {
        var list = (await _app.RunAsync(["state"])).AssertDone();
        Assert.Contains(list.Output, line => line.StartsWith("word-counts", StringComparison.Ordinal) && line.Contains("CountWords", StringComparison.Ordinal));
        Assert.Equal(["2"], (await _app.RunAsync(["state", "get", "word-counts", "the"])).AssertDone().Output);
        Assert.Equal(words.Distinct().Count(), (await _app.RunAsync(["state", "list", "word-counts"])).AssertDone().Output.Count);
        Assert.Equal(words.Distinct().Count(), (await _app.RunAsync(["state", "export", "word-counts"])).AssertDone().Output.Count);
        (await _app.RunAsync(["state", "get", "word-counts", "never"])).AssertFails(1, "no key 'never'");
    }
}
