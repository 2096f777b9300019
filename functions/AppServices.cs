using KafkaFunctions.App.Demo;
using KafkaFunctions.App.Filtering;
using KafkaFunctions.App.Ingest;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.App;

/// <summary>What the functions of this app need beside the platform.</summary>
internal static class AppServices
{
    public static IServiceCollection AddApp(this IServiceCollection services, IConfiguration configuration) =>
        services.AddExternalTopics().AddIngest().AddFilter().AddDemo(configuration);
}
