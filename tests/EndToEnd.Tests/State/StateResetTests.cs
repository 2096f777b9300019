using KafkaFunctions.TestSupport;

namespace KafkaFunctions.EndToEnd.Tests.State;

/// <summary>A function begins anew and comes to the same counts.</summary>
public sealed class StateResetTests(RealKafka kafka) : IAsyncDisposable
{
    private readonly CountingApp _app = new();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public Task Reset_OnTheEmbeddedLog_CountsAnew() => ResetAsync();

    [Fact]
    public async Task Reset_OnKafka_CountsAnew()
    {
        _app.Settings["BrokerList"] = await kafka.RequireServersAsync();

        await ResetAsync();
    }

    [Fact]
    public async Task Reset_OnAzureTables_CountsAnew()
    {
        await using var azurite = await Azurite.StartAsync();
        _app.Settings["StateStorage"] = azurite.ConnectionString;

        await ResetAsync();

        Assert.False(File.Exists(Path.Combine(_app.Folder.Data, "state.db")));
    }

    private async Task ResetAsync()
    {
        await _app.StartAsync();
        await _app.ProduceAsync("words", "the\nend\nthe\n");
        await _app.WaitForCountAsync("the", 2);

        // A running function keeps its state.
        (await _app.RunAsync(["state", "reset", "CountWords", "--yes"])).AssertFails(1, "in use");
        (await _app.RunAsync(["state", "reset", "CountWords"])).AssertFails(2, "--yes");
        await _app.WaitForCountAsync("the", 2);
        await _app.StopAsync();

        var reset = (await _app.RunAsync(["state", "reset", "CountWords", "--yes"])).AssertDone();
        Assert.Contains(reset.Error, line => line == "Offsets of group 'count-words' deleted.");
        Assert.Contains(reset.Error, line => line == "Store 'word-counts' deleted.");
        (await _app.RunAsync(["state", "get", "word-counts", "the"])).AssertFails(1, "no key 'the'");

        // Again: there is nothing left, and that is no mistake.
        (await _app.RunAsync(["state", "reset", "CountWords", "--yes"])).AssertDone();

        await _app.StartAsync();
        await _app.WaitForCountAsync("the", 2);
        await _app.ProduceAsync("words", "the\n");
        await _app.WaitForCountAsync("the", 3);
        await _app.WaitForCountAsync("end", 1);
    }
}
