using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Settings;

/// <summary>Adds options whose settings are checked when the app starts.</summary>
public static class SettingsServiceCollectionExtensions
{
    /// <summary>Adds options that a section of the settings fills. A value that cannot be used is told with the setting's name and
    /// what is allowed. The section's name is a constant <c>SectionName</c> of the options.</summary>
    /// <typeparam name="TOptions">The options; their properties are texts, numbers, switches, times and enumerations.</typeparam>
    /// <param name="services">The app's services.</param>
    /// <param name="section">The section's name.</param>
    public static OptionsBuilder<TOptions> AddSettings<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(section);
        return services.AddOptions<TOptions>()
            .Configure<IConfiguration>((options, configuration) => SettingsBinder.Bind(configuration.GetSection(section), options))
            .ValidateOnStart();
    }

    /// <summary>Reads options at once, for what must be known while services are registered.</summary>
    /// <typeparam name="TOptions">The options.</typeparam>
    /// <param name="configuration">The app's settings.</param>
    /// <param name="section">The section's name.</param>
    /// <exception cref="OptionsValidationException">Values cannot be used; all of them are named.</exception>
    public static TOptions ReadSettings<TOptions>(this IConfiguration configuration, string section)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = new TOptions();
        SettingsBinder.Bind(configuration.GetSection(section), options);
        return options;
    }
}
