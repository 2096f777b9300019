using System.Globalization;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.Tables;

/// <summary>Reads accounts from settings and collects every error on the way. Values with secrets are never told.</summary>
internal sealed class StateStorageReader(IConfigurationSection section)
{
    private const string ManagedIdentity = "managedidentity";
    private const string HowTo =
        "Use a connection string (UseDevelopmentStorage=true for Azurite), or StateStorage__tableServiceUri for managed identity, or leave it empty (or 'embedded')";

    private static readonly string[] IdentityNames = [StateStorageSettings.ServiceUri, StateStorageSettings.ClientId, StateStorageSettings.Credential];

    private readonly List<string> _errors = [];

    public IReadOnlyList<TableAccount> Read()
    {
        var numbered = section.GetChildren().Where(StateStorageSettings.HasValue).Where(child => Number(child.Key) >= 0).OrderBy(child => Number(child.Key)).ToArray();
        var accounts = new List<TableAccount?>();
        if (numbered.Length == 0)
        {
            accounts.Add(ReadAccount(section));
        }
        else
        {
            CheckNumbers(numbered);
            accounts.AddRange(numbered.Select(ReadAccount));
        }

        CheckDistinct(accounts);
        return _errors.Count == 0 ? [.. accounts.Select(account => account!)] : throw new StateSettingsException(_errors);
    }

    private static int Number(string key) => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static string NameOf(IConfigurationSection part) => part.Path.Replace(":", "__", StringComparison.Ordinal);

    private static string? Text(IConfigurationSection part, string name) => part[name]?.Trim() is { Length: > 0 } text ? text : null;

    private void CheckNumbers(IConfigurationSection[] numbered)
    {
        var others = section.GetChildren().Where(StateStorageSettings.HasValue).Select(child => child.Key).Where(key => Number(key) < 0).ToArray();
        if (others.Length > 0 || !StateStorageSettings.IsEmbedded(section.Value))
        {
            _errors.Add($"{StateStorageSettings.SettingName} has accounts by number and {(others.Length > 0 ? $"'{others[0]}'" : "a value")}, too. Give each account a number, from 0, or give one account without.");
        }

        for (var i = 0; i < numbered.Length; i++)
        {
            if (Number(numbered[i].Key) != i)
            {
                _errors.Add($"{StateStorageSettings.SettingName}__{i} is missing: accounts are numbered from 0 without gaps.");
                break;
            }
        }
    }

    private TableAccount? ReadAccount(IConfigurationSection part)
    {
        var children = part.GetChildren().Where(StateStorageSettings.HasValue).Select(child => child.Key).ToArray();
        if (Array.Find(children, key => !IdentityNames.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            _errors.Add($"{NameOf(part)}__{unknown} is not known. Use {StateStorageSettings.ServiceUri}, {StateStorageSettings.ClientId}, or 0, 1 ... for several accounts.");
            return null;
        }

        if (!StateStorageSettings.IsEmbedded(part.Value))
        {
            if (children.Length > 0)
            {
                _errors.Add($"{NameOf(part)} has a value, and {NameOf(part)}__{children[0]} is set, too. Use one of them.");
            }

            return FromConnectionString(part);
        }

        return children.Length > 0 ? FromIdentity(part) : Missing(part);
    }

    private TableAccount? Missing(IConfigurationSection part)
    {
        _errors.Add($"{NameOf(part)} names no account. {HowTo}.");
        return null;
    }

    private TableAccount? FromConnectionString(IConfigurationSection part)
    {
        var text = part.Value!.Trim();
        try
        {
            _ = new TableServiceClient(text).Uri;
            return TableAccount.FromConnectionString(text);
        }
        catch (Exception wrong) when (wrong is FormatException or InvalidOperationException or ArgumentException or NullReferenceException)
        {
            // Whatever is wrong with it, the client's message may show a part of it, and it holds a key.
            _errors.Add($"{NameOf(part)} is no connection string of a storage account. {HowTo}.");
            return null;
        }
    }

    private TableAccount? FromIdentity(IConfigurationSection part)
    {
        var name = $"{NameOf(part)}__{StateStorageSettings.ServiceUri}";
        if (Text(part, StateStorageSettings.Credential) is { } credential && !credential.Equals(ManagedIdentity, StringComparison.OrdinalIgnoreCase))
        {
            _errors.Add($"{NameOf(part)}__{StateStorageSettings.Credential} is '{credential}'. Use '{ManagedIdentity}', or remove it.");
        }

        if (Text(part, StateStorageSettings.ServiceUri) is not { } text)
        {
            _errors.Add($"{name} is missing. Use https://ACCOUNT.table.core.windows.net.");
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.Query.Length > 0 || uri.Fragment.Length > 0
            || uri.UserInfo.Length > 0 || uri.Host.Contains(".blob.", StringComparison.OrdinalIgnoreCase) || uri.Host.Contains(".queue.", StringComparison.OrdinalIgnoreCase))
        {
            // It may be a signed address.
            _errors.Add($"{name} is no https address of a table service (without key or signature). Use https://ACCOUNT.table.core.windows.net.");
            return null;
        }

        return TableAccount.FromServiceUri(uri, Text(part, StateStorageSettings.ClientId));
    }

    private void CheckDistinct(List<TableAccount?> accounts)
    {
        for (var i = 1; i < accounts.Count; i++)
        {
            if (accounts[i] is { } account && accounts.IndexOf(account) is var first && first < i)
            {
                _errors.Add($"{StateStorageSettings.SettingName}__{i} is the same account as {StateStorageSettings.SettingName}__{first}. Name each once.");
            }
        }
    }
}
