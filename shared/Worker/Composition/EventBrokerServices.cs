using KafkaFunctions.Embedded;
using KafkaFunctions.Kafka;
using KafkaFunctions.Streams.Brokers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Worker.Composition;

/// <summary>The broker that <c>BrokerList</c> names: a Kafka cluster, or the embedded log.</summary>
internal static class EventBrokerServices
{
    private const string DataDirectorySetting = "DataDirectory";
    private const string DefaultDataDirectory = ".data";

    public static void AddEventBroker(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => EmbeddedLog.Open(
            DataDirectory(provider.GetRequiredService<IConfiguration>()),
            timeProvider: provider.GetRequiredService<TimeProvider>(),
            logger: provider.GetRequiredService<ILogger<EmbeddedLog>>()));
        services.TryAddSingleton<IRecordPublisher>(provider => Connection(provider) is { } kafka
            ? new KafkaRecordPublisher(kafka, provider.GetRequiredService<ILoggerFactory>())
            : new EmbeddedRecordPublisher(provider.GetRequiredService<EmbeddedLog>()));
        services.TryAddSingleton<ITopicClient>(provider => Connection(provider) is { } kafka
            ? new KafkaTopicClient(kafka, provider.GetRequiredService<ILoggerFactory>())
            : new EmbeddedTopicClient(provider.GetRequiredService<EmbeddedLog>()));
    }

    private static KafkaConnection? Connection(IServiceProvider provider) =>
        KafkaConnection.FromConfiguration(provider.GetRequiredService<IConfiguration>());

    private static string DataDirectory(IConfiguration configuration) =>
        configuration[DataDirectorySetting] is { Length: > 0 } directory ? directory : Path.Combine(AppContext.BaseDirectory, DefaultDataDirectory);
}
