using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KafkaFunctions.App.Demo;

/// <summary>Registers the demo.</summary>
internal static class DemoServices
{
    // More than any broker takes; keeps the count of a tick far within an int.
    private const double MaxRate = 1e9;

    /// <summary>Adds the live input where <c>Demo:Enabled</c> is true.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration)
    {
        if (!configuration.GetValue<bool>($"{DemoOptions.SectionName}:{nameof(DemoOptions.Enabled)}"))
        {
            return services;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<DemoOptions>()
            .BindConfiguration(DemoOptions.SectionName)
            .Validate(options => options.Rate is >= 0 and <= MaxRate, "Demo:Rate must be lines per second, or 0 for as many as go.")
            .ValidateOnStart();
        return services.AddHostedService<DemoFeed>();
    }
}
