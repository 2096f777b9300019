using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using KafkaFunctions.Tables.Telemetry;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Tables;

/// <summary>The clients of one account. Safe for concurrent use.</summary>
internal sealed class StorageAccount : IDisposable
{
    // Connections are made anew so that a change of the account's address is noticed.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    // The client's own time-out and retries are off the way: AccountRequests has both.
    private static readonly TimeSpan BeyondRequestTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpClientTransport? _ownTransport;

    /// <summary>Makes the clients; nothing is sent.</summary>
    /// <param name="account">The account.</param>
    /// <param name="options">The options.</param>
    /// <param name="instruments">What is measured.</param>
    /// <param name="logger">Where trouble is told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="transport">What sends requests; null for a connection pool of the account's own.</param>
    public StorageAccount(
        TableAccount account, TableStateOptions options, TablesInstruments instruments, ILogger logger, TimeProvider time, HttpPipelineTransport? transport)
    {
        transport ??= _ownTransport = NewTransport(options);
        var client = new TableClientOptions { Transport = transport };
        client.Retry.MaxRetries = 0;
        client.Retry.NetworkTimeout = options.RequestTimeout + BeyondRequestTimeout;
        Service = account.ConnectionString is { } connectionString
            ? new TableServiceClient(connectionString, client)
            : new TableServiceClient(account.ServiceUri, account.Credential ?? DefaultCredential(account), client);
        Requests = new AccountRequests(Service.AccountName, options, instruments, logger, time);
    }

    public TableServiceClient Service { get; }

    public AccountRequests Requests { get; }

    public string Name => Service.AccountName;

    public void Dispose()
    {
        Requests.Dispose();
        _ownTransport?.Dispose();
    }

    private static DefaultAzureCredential DefaultCredential(TableAccount account) =>
        new(new DefaultAzureCredentialOptions { ManagedIdentityClientId = account.ClientId });

    private static HttpClientTransport NewTransport(TableStateOptions options) => new(new HttpClient(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = options.MaxConcurrentRequests,
        PooledConnectionLifetime = ConnectionLifetime,
        AllowAutoRedirect = false,
        UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    });
}
