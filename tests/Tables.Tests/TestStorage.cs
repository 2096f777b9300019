using Azure.Core.Pipeline;
using KafkaFunctions.Streams.State;
using KafkaFunctions.TestSupport;
using Microsoft.Extensions.Logging.Testing;

namespace KafkaFunctions.Tables.Tests;

/// <summary>A storage on a service in this process that fails as it is told, and one store.</summary>
internal sealed class TestStorage : IAsyncDisposable
{
    private readonly HttpClient _client;
    private readonly AzureTableStateStorage _storage;

    private TestStorage(TableStateOptions options)
    {
        _client = new HttpClient(Service, disposeHandler: false);
        _storage = new AzureTableStateStorage(
            [TableAccount.FromConnectionString(FakeTableService.ConnectionString)], options, Logger, null, new HttpClientTransport(_client));
    }

    public static StateBucket Bucket { get; } = new(7);

    public FakeTableService Service { get; } = new();

    public FakeLogger<AzureTableStateStorage> Logger { get; } = new();

    public IStateStore Store { get; private set; } = null!;

    public static async Task<TestStorage> CreateAsync(TableStateOptions? options = null)
    {
        var storage = new TestStorage(options ?? new TableStateOptions { Patience = TimeSpan.FromSeconds(20) });
        storage.Store = await storage._storage.OpenAsync("tested", TestContext.Current.CancellationToken);
        return storage;
    }

    public static StateKey Key(string text) => new([.. text.Select(c => (byte)c)]);

    /// <summary>The next requests meet these faults, one each.</summary>
    public void Fail(params FakeFault[] faults)
    {
        var from = Service.Requests;
        Service.Faults = request => request - from <= faults.Length ? faults[request - from - 1] : null;
    }

    public Task<IReadOnlyList<string?>> WriteAsync(params StateWrite[] writes) =>
        Store.WriteAsync(Bucket, writes, TestContext.Current.CancellationToken);

    public async Task<StateRow?> ReadAsync(string key) =>
        (await Store.ReadAsync(Bucket, [Key(key)], TestContext.Current.CancellationToken))[0];

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        _client.Dispose();
        Service.Dispose();
    }
}
