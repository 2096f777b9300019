using System.Reflection;
using KafkaFunctions.Kafka;
using KafkaFunctions.SelfHost.Hosting;
using KafkaFunctions.SelfHost.KafkaTrigger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.SelfHost.Settings;

/// <summary>Names of the settings that somebody reads, to find misspelt ones: without a word they would have no effect. Users have
/// settings of their own; only names that are nearly one of these are suspicious.</summary>
internal sealed class KnownSettings
{
    private const string SectionName = "SectionName";
    private const string EnvironmentSeparator = "__";

    // Accounts by number; whoever reads them tells what is wrong below it.
    private const string StateAccounts = HostSettings.StateStorage + ":";

    private static readonly string[] Platform =
    [
        KafkaSettingNames.BrokerList,
        KafkaSettingNames.Username,
        KafkaSettingNames.Password,
        KafkaSettingNames.SecurityProtocol,
        KafkaSettingNames.SaslMechanism,
        KafkaSettingNames.CaFile,
        HostSettings.Address,
        HostSettings.Cors,
        HostSettings.CorsCredentials,
        HostSettings.DataDirectory,
        HostSettings.DemoEnabled,
        HostSettings.DemoRate,
        HostSettings.FunctionKey,
        HostSettings.LocalHttpPort,
        HostSettings.MasterKey,
        HostSettings.StateStorage,
        TriggerTrace.Setting,
        // The sample app reads it without a section.
        "FilterCondition",
    ];

    private readonly HashSet<string> _names;

    private KnownSettings(IEnumerable<string> names) => _names = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);

    /// <summary>The platform's settings, and those of every registered options type that names its section.</summary>
    public static KnownSettings Of(IServiceCollection services) => new(Platform.Concat(
        from service in services
        where service.ServiceType.IsGenericType && service.ServiceType.GetGenericTypeDefinition() == typeof(IConfigureOptions<>)
        let options = service.ServiceType.GetGenericArguments()[0]
        let section = options.GetField(SectionName, BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
        where section is not null
        from property in options.GetProperties()
        select $"{section}:{property.Name}"));

    /// <summary>Whether somebody reads the setting.</summary>
    /// <param name="name">Its name, with <c>:</c> or <c>__</c>.</param>
    public bool Contains(string name) => IsKnown(KeyOf(name));

    /// <summary>What to say of a setting; null where it is known, or resembles none that is.</summary>
    /// <param name="name">Its name, as written.</param>
    /// <param name="source">Where it is written.</param>
    public string? Check(string name, string source)
    {
        // NAMES_LIKE_THIS belong to other programs.
        var key = KeyOf(name);
        return !IsKnown(key) && name.Any(char.IsAsciiLetterLower) && NearestName.Meant(key, _names) is { } meant
            ? $"{source}: there is no setting '{name}'; did you mean '{meant.Replace(":", EnvironmentSeparator, StringComparison.Ordinal)}'? It has no effect."
            : null;
    }

    private bool IsKnown(string key) => _names.Contains(key) || key.StartsWith(StateAccounts, StringComparison.OrdinalIgnoreCase);

    private static string KeyOf(string name) => name.Replace(EnvironmentSeparator, ":", StringComparison.Ordinal);
}
