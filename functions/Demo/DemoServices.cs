using KafkaFunctions.Worker.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KafkaFunctions.App.Demo;

/// <summary>Registers the demo.</summary>
internal static class DemoServices
{
    /// <summary>Adds the live input where <c>Demo:Enabled</c> is true.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSettings<DemoOptions>(DemoOptions.SectionName);
        return configuration.ReadSettings<DemoOptions>(DemoOptions.SectionName).Enabled ? services.AddHostedService<DemoFeed>() : services;
    }
}
