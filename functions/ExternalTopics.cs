using KafkaFunctions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.App;

/// <summary>The topics that none of the functions writes, and who does.</summary>
internal static class ExternalTopics
{
    /// <summary>Tells the app's topology of them.</summary>
    public static IServiceCollection AddExternalTopics(this IServiceCollection services) => services.Configure<TopologyOptions>(topology => topology
        .WrittenOutside(Topics.Customers, "Debezium")
        .WrittenOutside(Topics.Orders, "shop")
        .WrittenOutside(Topics.Readings, "devices")
        .WrittenOutside(Topics.Impressions, "ad server")
        .WrittenOutside(Topics.Clicks, "ad server"));
}
