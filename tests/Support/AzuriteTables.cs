[assembly: AssemblyFixture(typeof(KafkaFunctions.TestSupport.AzuriteTables))]

namespace KafkaFunctions.TestSupport;

/// <summary>The table service that a test assembly shares: <c>AZURITE_TABLE_ENDPOINT</c> (http://host:port/devstoreaccount1), or an
/// <see cref="Azurite"/> that is started at first use.</summary>
public sealed class AzuriteTables : IAsyncDisposable
{
    private readonly Lazy<Task<Azurite>> _azurite = new(Azurite.StartAsync);

    /// <summary>Connection string of the service.</summary>
    public async Task<string> ConnectionStringAsync() =>
        Environment.GetEnvironmentVariable("AZURITE_TABLE_ENDPOINT") is { Length: > 0 } endpoint
            ? Azurite.ConnectionStringOf(endpoint)
            : (await _azurite.Value).ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (_azurite.IsValueCreated && _azurite.Value.IsCompletedSuccessfully)
        {
            await (await _azurite.Value).DisposeAsync();
        }
    }
}
