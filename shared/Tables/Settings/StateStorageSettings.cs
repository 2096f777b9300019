using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.Tables;

/// <summary>Where state is kept: the setting <c>StateStorage</c>.</summary>
public static class StateStorageSettings
{
    /// <summary>Name of the setting: empty or <see cref="Embedded"/>, a connection string, or the section of <see cref="ServiceUri"/>
    /// or of accounts 0, 1 ... Deployments rely on it: never renamed.</summary>
    public const string SettingName = "StateStorage";

    /// <summary>Value of <see cref="SettingName"/> that means no account: state in the embedded store.</summary>
    public const string Embedded = "embedded";

    /// <summary>Name below <see cref="SettingName"/> (or below an account's number) of the endpoint of an account that is reached by
    /// managed identity.</summary>
    public const string ServiceUri = "tableServiceUri";

    /// <summary>Name beside <see cref="ServiceUri"/> of a user-assigned identity's client id.</summary>
    public const string ClientId = "clientId";

    /// <summary>Name beside <see cref="ServiceUri"/> that identity-based connections of Azure Functions may have; its one value is
    /// <c>managedidentity</c>.</summary>
    public const string Credential = "credential";

    /// <summary>Whether the settings name the embedded store and no account.</summary>
    public static bool IsEmbedded(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(SettingName);
        return IsEmbedded(section.Value) && !section.GetChildren().Any(HasValue);
    }

    /// <summary>Reads the accounts: bucket b of a store is in number b modulo their number.</summary>
    /// <returns>Null where the settings name the embedded store.</returns>
    /// <exception cref="StateSettingsException">Settings are wrong; holds every error.</exception>
    public static IReadOnlyList<TableAccount>? Read(IConfiguration configuration) =>
        IsEmbedded(configuration) ? null : new StateStorageReader(configuration.GetSection(SettingName)).Read();

    internal static bool IsEmbedded(string? value) =>
        string.IsNullOrWhiteSpace(value) || value.Trim().Equals(Embedded, StringComparison.OrdinalIgnoreCase);

    internal static bool HasValue(IConfigurationSection section) =>
        !string.IsNullOrWhiteSpace(section.Value) || section.GetChildren().Any(HasValue);
}
