using System.Text;
using Azure.Core;

namespace KafkaFunctions.Tables;

/// <summary>A storage account, or Azurite: a connection string, or an endpoint with an identity. The text form has no secrets.</summary>
public sealed record TableAccount
{
    private TableAccount()
    {
    }

    /// <summary>The connection string; null where <see cref="ServiceUri"/> is there.</summary>
    public string? ConnectionString { get; private init; }

    /// <summary>Endpoint of the table service; null where <see cref="ConnectionString"/> is there.</summary>
    public Uri? ServiceUri { get; private init; }

    /// <summary>Client id of a user-assigned managed identity; null (default) for the system-assigned one or a developer's own sign-in.</summary>
    public string? ClientId { get; private init; }

    /// <summary>Where tokens come from; null (default) for Azure's default credential.</summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>An account by its connection string.</summary>
    public static TableAccount FromConnectionString(string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        return new TableAccount { ConnectionString = connectionString };
    }

    /// <summary>An account by its endpoint, with the identity of the app.</summary>
    /// <param name="serviceUri">For example https://account.table.core.windows.net.</param>
    /// <param name="clientId">Of a user-assigned managed identity, if it is to be one.</param>
    public static TableAccount FromServiceUri(Uri serviceUri, string? clientId = null)
    {
        ArgumentNullException.ThrowIfNull(serviceUri);
        return new TableAccount { ServiceUri = serviceUri, ClientId = clientId };
    }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(ServiceUri?.ToString() ?? "connection string");
        return true;
    }
}
