using System.Diagnostics.Metrics;
using KafkaFunctions.Embedded.State;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Queries;
using KafkaFunctions.Streams.Topology;
using KafkaFunctions.Tables;
using KafkaFunctions.Worker.Catalog;
using KafkaFunctions.Worker.Health;
using KafkaFunctions.Worker.Maintenance;
using KafkaFunctions.Worker.Outputs;
using KafkaFunctions.Worker.Queries;
using KafkaFunctions.Worker.Settings;
using KafkaFunctions.Worker.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Composition;

/// <summary>The storage that <c>StateStorage</c> names (Azure Tables, or the embedded one) and what reads it. It is opened by whoever
/// needs it first.</summary>
internal static class StateStorageServices
{
    public static void AddStateStorage(this IServiceCollection services, Func<Type[]> functions)
    {
        services.AddSettings<TableStateOptions>(TableStateOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TableStateOptions>, StateStorageValidator>());
        services.AddSettings<StateQueryOptions>(StateQueryOptions.SectionName);
        services.TryAddSingleton(OpenStorage);
        services.TryAddSingleton(provider => new StateReader(provider.GetRequiredService<IStateStorage>, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<StoreCatalog>(provider, functions));
        services.TryAddSingleton<IStoreCatalog>(provider => provider.GetRequiredService<StoreCatalog>());
        services.TryAddSingleton<ITopologyCatalog>(provider => ActivatorUtilities.CreateInstance<TopologyCatalog>(provider, functions));
        services.TryAddSingleton(provider => new StateUpkeep(
            provider.GetRequiredService<StoreCatalog>(),
            provider.GetRequiredService<FunctionCatalog>(),
            provider.GetRequiredService<StateRuntime>(),
            provider.GetRequiredService<OutputDispatcher>(),
            provider.GetRequiredService<WorkerInstruments>(),
            provider.GetRequiredService<IOptions<OutputOptions>>(),
            provider.GetRequiredService<ILogger<StateUpkeep>>()));
        services.TryAddSingleton<StateQueries>();
        services.TryAddSingleton<StateHealthCheck>();
        services.AddHealthChecks().AddCheck<StateHealthCheck>("state");
    }

    private static IStateStorage OpenStorage(IServiceProvider provider)
    {
        var configuration = provider.GetRequiredService<IConfiguration>();
        return StateStorageSettings.Read(configuration) is { } accounts
            ? new AzureTableStateStorage(
                accounts,
                provider.GetRequiredService<IOptions<TableStateOptions>>().Value,
                provider.GetRequiredService<ILogger<AzureTableStateStorage>>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<IMeterFactory>())
            : SqliteStateStorage.Open(
                DataDirectory.Of(configuration),
                logger: provider.GetRequiredService<ILogger<SqliteStateStorage>>(),
                meters: provider.GetRequiredService<IMeterFactory>());
    }
}
