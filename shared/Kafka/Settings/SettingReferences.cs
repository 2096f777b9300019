using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.Kafka;

/// <summary>Resolves the texts of Kafka binding attributes (broker list, topic, consumer group, credentials) as the Functions
/// host's Kafka extension does, so that both hosts and the publisher agree.</summary>
/// <remarks>
/// First every <c>%name%</c> is replaced by the setting's value; then the result is looked up as a connection string and as a
/// setting, and if one of that name has a value, it is used instead. A topic named like a setting is thus silently replaced:
/// the extension's habit, kept so that the publisher writes where the trigger reads.
/// </remarks>
public static class SettingReferences
{
    private const char Mark = '%';

    /// <summary>Resolves a text.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="text">The attribute's text.</param>
    /// <exception cref="KafkaSettingsException">A <c>%name%</c> has no value, or a '%' has no partner.</exception>
    public static string Resolve(IConfiguration configuration, string text)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(text);
        var resolved = Substitute(configuration, text);
        if (resolved.Length == 0)
        {
            return resolved;
        }

        var named = configuration.GetConnectionString(resolved) is { Length: > 0 } connection ? connection : configuration[resolved];
        return string.IsNullOrEmpty(named) ? resolved : named;
    }

    private static string Substitute(IConfiguration configuration, string text)
    {
        var parts = text.Split(Mark);
        if (parts.Length % 2 == 0)
        {
            throw new KafkaSettingsException($"'{text}' has a '%' without a partner. Write a setting's name between two of them: %BrokerList%.");
        }

        for (var i = 1; i < parts.Length; i += 2)
        {
            var value = configuration[parts[i]];
            if (string.IsNullOrEmpty(value) && parts[i].Equals(KafkaSettingNames.BrokerList, StringComparison.OrdinalIgnoreCase))
            {
                value = KafkaSettingNames.Embedded;
            }

            parts[i] = string.IsNullOrEmpty(value)
                ? throw new KafkaSettingsException($"'%{parts[i]}%' does not resolve to a value. Set {parts[i]} in the environment or in Values of local.settings.json.")
                : value;
        }

        return string.Concat(parts);
    }
}
