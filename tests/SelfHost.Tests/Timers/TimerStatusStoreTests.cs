using KafkaFunctions.SelfHost.Timers;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.SelfHost.Tests.Timers;

public sealed class TimerStatusStoreTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TimerStatusStore _store;

    public TimerStatusStoreTests() => _store = new TimerStatusStore(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("DataDirectory", (string?)_folder.Path)]).Build());

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_AfterWrite_IsWhatWasWritten()
    {
        var status = new TimerStatus(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1), DateTimeOffset.UnixEpoch.AddMinutes(1));

        await _store.WriteAsync("Tick", status, Cancelled);

        Assert.Equal(status, await _store.ReadAsync("Tick", Cancelled));
    }

    [Fact]
    public async Task ReadAsync_NothingWritten_IsNull() => Assert.Null(await _store.ReadAsync("Tick", Cancelled));

    [Fact]
    public async Task ReadAsync_DamagedFile_IsNull()
    {
        _folder.Write(Path.Combine("timers", "Tick.json"), "{ \"last\":");

        Assert.Null(await _store.ReadAsync("Tick", Cancelled));
    }
}
