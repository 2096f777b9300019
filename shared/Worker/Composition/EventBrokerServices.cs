using System.Diagnostics.Metrics;
using KafkaFunctions.Embedded;
using KafkaFunctions.Kafka;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Worker.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Composition;

/// <summary>The broker that <c>BrokerList</c> names: a Kafka cluster, or the embedded log.</summary>
internal static class EventBrokerServices
{
    /// <summary>Loads Kafka's client library in the background, while the host is made.</summary>
    public static void LoadAhead(IConfiguration configuration)
    {
        if (!KafkaConnection.IsEmbedded(configuration))
        {
            _ = Task.Run(KafkaClientFactory.Load);
        }
    }

    public static void AddEventBroker(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => EmbeddedLog.Open(
            DataDirectory.Of(provider.GetRequiredService<IConfiguration>()),
            timeProvider: provider.GetRequiredService<TimeProvider>(),
            logger: provider.GetRequiredService<ILogger<EmbeddedLog>>(),
            meters: provider.GetRequiredService<IMeterFactory>()));
        services.TryAddSingleton(provider => new KafkaClientFactory(
            KafkaConnection.FromConfiguration(provider.GetRequiredService<IConfiguration>())
                ?? throw new KafkaSettingsException($"{KafkaSettingNames.BrokerList} names no Kafka broker."),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IMeterFactory>()));
        services.AddSettings<KafkaPublisherOptions>(KafkaPublisherOptions.SectionName);
        services.TryAddSingleton<IRecordPublisher>(provider => IsEmbedded(provider)
            ? new EmbeddedRecordPublisher(provider.GetRequiredService<EmbeddedLog>())
            : new KafkaRecordPublisher(
                provider.GetRequiredService<KafkaClientFactory>(),
                provider.GetRequiredService<IOptions<KafkaPublisherOptions>>().Value,
                provider.GetRequiredService<ILogger<KafkaRecordPublisher>>()));
        services.TryAddSingleton<ITopicClient>(provider => IsEmbedded(provider)
            ? new EmbeddedTopicClient(provider.GetRequiredService<EmbeddedLog>())
            : new KafkaTopicClient(provider.GetRequiredService<KafkaClientFactory>()));
        services.TryAddSingleton<IConsumerGroupClient>(provider => IsEmbedded(provider)
            ? new EmbeddedConsumerGroups(provider.GetRequiredService<EmbeddedLog>())
            : new KafkaConsumerGroups(provider.GetRequiredService<KafkaClientFactory>()));
    }

    private static bool IsEmbedded(IServiceProvider provider) =>
        KafkaConnection.IsEmbedded(provider.GetRequiredService<IConfiguration>());
}
