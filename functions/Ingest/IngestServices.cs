using KafkaFunctions.Worker;
using KafkaFunctions.Worker.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.App.Ingest;

/// <summary>Registers what ingest needs.</summary>
internal static class IngestServices
{
    /// <summary>Adds the publisher of ingest and its settings, which are checked when the app starts.</summary>
    public static IServiceCollection AddIngest(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IngestPublisher>();
        services.AddSettings<IngestOptions>(IngestOptions.SectionName);
        services.AddOptions<TopologyOptions>().Configure<IOptions<IngestOptions>>((topology, ingest) =>
            topology.WrittenBy(nameof(IngestEvents), ingest.Value.AllowedTopics));
        return services;
    }
}
