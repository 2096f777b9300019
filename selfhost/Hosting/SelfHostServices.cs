using KafkaFunctions.SelfHost.CommandLine.Groups;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Http;
using KafkaFunctions.SelfHost.Invocation;
using KafkaFunctions.SelfHost.KafkaTrigger;
using KafkaFunctions.SelfHost.Settings;
using KafkaFunctions.SelfHost.Telemetry;
using KafkaFunctions.SelfHost.Timers;
using KafkaFunctions.SelfHost.Topology;
using KafkaFunctions.SelfHost.Triggers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace KafkaFunctions.SelfHost.Hosting;

/// <summary>Registers the host's own services.</summary>
internal static class SelfHostServices
{
    // What is left of the shutdown for HTTP requests when the triggers have taken all of their time.
    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(15);

    /// <param name="services">The app's services; what the app registered itself stays.</param>
    /// <param name="middleware">The app's middleware, the outermost first.</param>
    public static void Add(IServiceCollection services, IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SettingResolver>();
        services.AddSingleton<FunctionIndexer>();
        services.AddSingleton(provider => provider.GetRequiredService<FunctionIndexer>().Read());
        services.AddSingleton<FunctionList>();
        services.AddSingleton<TopologyReader>();
        AddInvocation(services, middleware);
        AddTriggers(services);
        AddHttp(services);
        AddTelemetry(services);
    }

    /// <summary>Makes what takes a while and needs nothing of each other, in the background. Whoever asks for it then is told what is wrong.</summary>
    public static void MakeAhead(IServiceProvider services)
    {
        _ = Task.Run(services.GetService<MeterProvider>);
        _ = Task.Run(services.GetService<FunctionIndex>);
    }

    private static void AddInvocation(IServiceCollection services, IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
    {
        services.TryAddSingleton<IFunctionActivator, HostFunctionActivator>();
        services.TryAddSingleton<IOutputBindingSink, PublishingOutputBindingSink>();
        services.AddSingleton<IFunctionInvoker, FunctionInvoker>();
        services.AddSingleton(provider => new FunctionPipeline(middleware, provider.GetRequiredService<IFunctionActivator>()));
    }

    private static void AddTriggers(IServiceCollection services)
    {
        services.AddSingleton<TriggerHost>();
        services.AddHostedService<TriggerService>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TriggerHost.DrainTime + RequestTime);
        services.AddSingleton<TimerStatusStore>();
        services.AddSingleton<ITriggerListenerFactory, TimerListenerFactory>();
        services.AddSingleton<ITriggerListenerFactory, KafkaTriggerListenerFactory>();
        services.AddSingleton<IConsumerGroupCatalog, FunctionConsumers>();
        services.AddHealthChecks().AddCheck<TriggerHealthCheck>("triggers");
    }

    private static void AddHttp(IServiceCollection services)
    {
        services.AddSingleton<HttpRoutes>();
        services.AddSingleton<FunctionKeys>();
        services.AddSingleton<FunctionEndpoints>();
        services.AddSingleton<AdminEndpoints>();
    }

    private static void AddTelemetry(IServiceCollection services)
    {
        services.AddSingleton<HostInstruments>();
        services.AddSingleton<IHealthCheckPublisher, ReadinessPublisher>();
        services.Configure<HealthCheckPublisherOptions>(ReadinessPublisher.Configure);
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("KafkaFunctions.*", "System.Runtime", "Microsoft.AspNetCore.Hosting")
            .AddPrometheusExporter());

        // Where the app's settings send traces, HTTP requests begin them. Probes and scrapes come every few seconds and say nothing.
        services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddAspNetCoreInstrumentation(http => http.Filter = request => !HealthPaths.IsOne(request.Request.Path)));
    }
}
