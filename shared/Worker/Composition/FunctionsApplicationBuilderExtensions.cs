using System.Reflection;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Worker.Catalog;
using KafkaFunctions.Worker.Composition;
using KafkaFunctions.Worker.DeadLetters;
using KafkaFunctions.Worker.Outputs;
using KafkaFunctions.Worker.Processing;
using KafkaFunctions.Worker.Provisioning;
using KafkaFunctions.Worker.Retention;
using KafkaFunctions.Worker.Security;
using KafkaFunctions.Worker.Settings;
using KafkaFunctions.Worker.Telemetry;
using KafkaFunctions.Worker.Tracing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker;

/// <summary>Adds the platform to a function app. The same call serves the Functions host and the self-host.</summary>
public static class FunctionsApplicationBuilderExtensions
{
    /// <summary>Adds acknowledged outputs, dead letters, record identity and what they need. Safe to call twice.</summary>
    /// <param name="builder">The app's builder.</param>
    /// <param name="configure">Changes the options; null for the defaults.</param>
    public static IKafkaFunctionsBuilder AddKafkaFunctions(this FunctionsApplicationBuilder builder, Action<KafkaFunctionsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.FirstOrDefault(service => service.ServiceType == typeof(KafkaFunctionsBuilder))?.ImplementationInstance is KafkaFunctionsBuilder added)
        {
            return added;
        }

        EventBrokerServices.LoadAhead(builder.Configuration);
        var options = new KafkaFunctionsOptions();
        configure?.Invoke(options);
        var kafkaFunctions = new KafkaFunctionsBuilder(builder.Services);
        builder.Services.AddSingleton(kafkaFunctions);
        builder.AddTelemetry();
        builder.AddPlatform(options.FunctionTypes ?? (options.FunctionsAssembly ?? Assembly.GetEntryAssembly()!).GetTypes);
        return kafkaFunctions;
    }

    /// <summary>Services and middleware, of an app or of a test of its functions. What is registered already stays.</summary>
    internal static void AddPlatform(this IFunctionsWorkerApplicationBuilder builder, Func<Type[]> functions)
    {
        AddServices(builder.Services, functions);
        builder.UseMiddleware<AcknowledgedOutputMiddleware>();
    }

    private static void AddServices(IServiceCollection services, Func<Type[]> functions)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSettings<OutputOptions>(OutputOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OutputOptions>, OutputOptionsValidator>());
        services.AddSettings<TopicOptions>(TopicOptions.SectionName);
        services.AddSettings<ProcessingOptions>(ProcessingOptions.SectionName);

        services.TryAddSingleton(provider => ReadRunOptions(provider.GetRequiredService<IOptions<ProcessingOptions>>().Value));
        services.AddStateRuntime();
        services.TryAddSingleton(provider => ReadCatalog(functions(), provider));
        services.AddSettings<TelemetryOptions>(TelemetryOptions.SectionName);
        services.TryAddSingleton<SpanBudget>();
        services.TryAddSingleton<WorkerInstruments>();
        services.TryAddSingleton<DeadLetterNotices>();
        services.TryAddSingleton<OutputDispatcher>();
        services.TryAddSingleton<IFunctionMetadataTransformer, KafkaSecurityTransformer>();
        services.AddEventBroker();
        services.AddStateStorage(functions);
        services.AddHostedService<OutputPreparation>();
        services.AddHostedService<StatePreparation>();
        services.AddHostedService<TopicProvisioner>();
        services.AddHostedService<RetentionService>();
    }

    private static StreamRunOptions ReadRunOptions(ProcessingOptions options) =>
        new() { MaxAttempts = options.MaxAttempts, FoldBatch = options.FoldBatch };

    private static FunctionCatalog ReadCatalog(Type[] functions, IServiceProvider provider)
    {
        var configuration = provider.GetRequiredService<IConfiguration>();
        var catalog = FunctionCatalog.Read(functions, configuration);
        return provider.GetRequiredService<IOptions<OutputOptions>>().Value.OutputDelivery == OutputDelivery.Acknowledged
            ? catalog.RequireOneBroker(configuration)
            : catalog;
    }
}
