using static KafkaFunctions.Infrastructure.Tests.Generated.BicepText;

namespace KafkaFunctions.Infrastructure.Tests.Generated;

/// <summary>Names and types of the app's settings, for the templates.</summary>
internal static class SettingsTemplate
{
    public static string Write() => $$"""
        // Written from the options of the code by tests/Infrastructure.Tests: see README.md.

        metadata name = 'Settings'
        metadata description = 'The settings that the app reads.'

        @export()
        @description('Settings of the app; what is left out keeps the default of the code. Times are texts such as 00:00:30.')
        @sealed()
        type settingsType = {
        {{string.Join("\n\n", AppSettings.Options.Select(setting => setting.ToBicep()))}}
        }

        @export()
        @description('Names of the settings that say where Kafka and state are.')
        var settingNames = {
        {{string.Join('\n', AppSettings.Connections.Select(setting => $"  {setting.Key}: {Quote(setting.Name)}"))}}
        }

        """;
}
