using System.Diagnostics.Metrics;
using System.Globalization;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Worker.Outputs;
using KafkaFunctions.Worker.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Composition;

/// <summary>What functions keep their state with. The storage itself is registered as <see cref="IStateStorage"/>.</summary>
internal static class StateServices
{
    private const string Stores = "Stores";

    public static void AddStateRuntime(this IServiceCollection services)
    {
        services.AddSettings<StateOptions>(StateOptions.SectionName).PostConfigure<IConfiguration>(AddBucketsOfStores);
        services.TryAddSingleton(provider => new StateRuntime(
            provider.GetRequiredService<IStateStorage>(),
            provider.GetRequiredService<IOptions<OutputOptions>>().Value.Application,
            provider.GetRequiredService<IOptions<StateOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<ITopicClient>()));
    }

    private static void AddBucketsOfStores(StateOptions options, IConfiguration configuration)
    {
        foreach (var store in configuration.GetSection(StateOptions.SectionName).GetSection(Stores).GetChildren())
        {
            if (store[nameof(StateOptions.Buckets)] is not { Length: > 0 } text)
            {
                continue;
            }

            // Names of stores have '-', names of variables and of Azure's app settings have '_' at most.
            options.BucketsOf[store.Key.Replace('_', '-')] = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var buckets) && buckets is >= 1 and <= StateLimits.MaxBuckets
                ? buckets
                : throw new OptionsValidationException(
                    nameof(StateOptions), typeof(StateOptions), [$"State__Stores__{store.Key}__Buckets is '{text}'. Use 1 to {StateLimits.MaxBuckets}."]);
        }
    }
}
