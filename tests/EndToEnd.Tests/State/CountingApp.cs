using KafkaFunctions.Client;
using KafkaFunctions.EndToEnd.Tests.Harness;

namespace KafkaFunctions.EndToEnd.Tests.State;

/// <summary>The app that counts words, with its command line and a client.</summary>
internal sealed class CountingApp : IAsyncDisposable
{
    private const string Key = "e2e-key";

    private readonly HttpClient _http = new();
    private AppProcess? _host;

    public AppFolder Folder { get; } = new();

    public Dictionary<string, string?> Settings { get; } = new() { ["FunctionKey"] = Key, ["Host__Address"] = "127.0.0.1", ["Kafka__CreateTopics"] = "All", ["Kafka__Partitions"] = "2" };

    public Uri Address => new(_host!.Address, "api/");

    public StateClient Client => ClientWith(Key);

    public string Printed => _host?.Printed ?? "";

    public StateClient ClientWith(string? key) => new(_http, Address, key);

    public async Task StartAsync(params string[] arguments)
    {
        _host = AppProcess.StartHostOf(BuiltApp.Counting, Folder, Settings, arguments);
        await _host.WaitUntilReadyAsync();
    }

    public async Task StopAsync()
    {
        Assert.Equal(0, await _host!.StopAsync());
        await _host.DisposeAsync();
        _host = null;
    }

    /// <summary>Runs a command beside the host.</summary>
    public Task<AppResult> RunAsync(string[] arguments, string? input = null) => AppProcess.RunAsync(Folder, Settings, arguments, input, BuiltApp.Counting);

    public async Task ProduceAsync(string topic, string lines, params string[] options) => (await RunAsync(["produce", topic, .. options], lines)).AssertDone();

    /// <summary>Waits until a word has been counted so often, and no more often.</summary>
    public async Task WaitForCountAsync(string word, long expected)
    {
        long? count = null;
        await Poll.UntilAsync(
            $"'{word}' to be counted {expected} times",
            async () =>
            {
                count = (await Client.GetAsync("word-counts", word, JsonTypes.Default.Int64, TestContext.Current.CancellationToken))?.Value;
                Assert.True(count is null || count <= expected, $"'{word}' was counted {count} times, not {expected}.");
                return count == expected;
            },
            () => $"It is {count}. The app printed:\n{Printed}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _http.Dispose();
        Folder.Dispose();
    }
}
