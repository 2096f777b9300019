using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace KafkaFunctions.SelfHost.Demo;

/// <summary>Registers the demo's display.</summary>
internal static class DemoRegistration
{
    /// <summary>Shows what flows while the host runs. On a terminal it takes the logging over, as a log line would tear the live
    /// table: call it after every other logging provider is registered.</summary>
    /// <param name="services">Services with an <c>ITopicClient</c> and an <c>IConsumerGroupCatalog</c>.</param>
    public static IServiceCollection AddDemoDisplay(this IServiceCollection services)
    {
        var messages = new DemoMessages(Console.Error, TimeProvider.System);
        if (DemoDisplay.CanRedraw(AnsiConsole.Console))
        {
            services.AddLogging(logging => logging.ClearProviders().AddProvider(messages));
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(AnsiConsole.Console);
        services.AddSingleton(messages);
        return services.AddHostedService<DemoDisplay>();
    }
}
