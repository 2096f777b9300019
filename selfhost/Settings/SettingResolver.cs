using KafkaFunctions.Kafka;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.SelfHost.Settings;

/// <summary>Resolves texts of binding attributes as the Functions host does. Safe for concurrent use.</summary>
internal sealed class SettingResolver(IConfiguration configuration)
{
    private const char Mark = '%';

    /// <summary>Replaces every <c>%name%</c> by the setting's value.</summary>
    /// <exception cref="SelfHostException">A setting has no value, or a '%' has no partner.</exception>
    public string Substitute(string text)
    {
        var parts = text.Split(Mark);
        if (parts.Length % 2 == 0)
        {
            throw new SelfHostException($"'{text}' has a '%' without a partner. Write a setting's name between two of them, such as %NAME%.");
        }

        for (var i = 1; i < parts.Length; i += 2)
        {
            parts[i] = configuration[parts[i]] is { Length: > 0 } value
                ? value
                : throw new SelfHostException($"'%{parts[i]}%' has no value. Set {parts[i]} in the environment or in Values of local.settings.json.");
        }

        return string.Concat(parts);
    }

    /// <summary>Replaces every <c>%name%</c>, then uses the connection string or setting that the result names, if there is one:
    /// what the Kafka extension does with every text of its attributes.</summary>
    /// <exception cref="KafkaSettingsException">A setting has no value, or a '%' has no partner.</exception>
    public string Resolve(string text) => SettingReferences.Resolve(configuration, text);
}
