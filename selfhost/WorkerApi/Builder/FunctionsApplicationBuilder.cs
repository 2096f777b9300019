using KafkaFunctions.SelfHost;
using KafkaFunctions.SelfHost.CommandLine;
using KafkaFunctions.SelfHost.Demo;
using KafkaFunctions.SelfHost.Hosting;
using KafkaFunctions.SelfHost.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Builds a function app.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly SelfHostInvocation _invocation;
    private readonly HostSurroundings _surroundings;
    private readonly WebApplicationBuilder _web;
    private readonly HostConfiguration? _configuration;
    private readonly SelfHostException? _wrongSettings;
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];
    private bool _built;

    internal FunctionsApplicationBuilder(SelfHostInvocation invocation, HostSurroundings surroundings)
    {
        _invocation = invocation;
        _surroundings = surroundings;
        _web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = surroundings.ApplicationName,
            ContentRootPath = surroundings.BaseDirectory,
            EnvironmentName = System.Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT") ?? System.Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT"),
        });

        try
        {
            _configuration = HostConfiguration.Fill(Configuration, surroundings, invocation);
            Services.AddSingleton(_configuration.Host);
            Services.AddSingleton(_configuration.Host.Kafka);
        }
        catch (SelfHostException wrong)
        {
            // Told when the app runs: Program has nothing to catch.
            _wrongSettings = wrong;
        }

        AddLogging();
    }

    /// <summary>Values that parts of the builder share.</summary>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_web).Properties;

    /// <summary>The app's configuration.</summary>
    public ConfigurationManager Configuration => _web.Configuration;

    /// <summary>Where the app runs.</summary>
    public IHostEnvironment Environment => _web.Environment;

    /// <summary>The app's logging.</summary>
    public ILoggingBuilder Logging => _web.Logging;

    /// <summary>The app's metrics.</summary>
    public IMetricsBuilder Metrics => _web.Metrics;

    /// <summary>The app's services.</summary>
    public IServiceCollection Services => _web.Services;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <summary>Makes the app.</summary>
    /// <exception cref="InvalidOperationException">It was made already.</exception>
    public IHost Build()
    {
        ThrowIfBuilt();
        _built = true;
        var options = _invocation is RunHost run ? HostConfiguration.Select(run.Options, Configuration) : new HostRunOptions();
        Services.AddSingleton(options);
        Services.AddSingleton(_surroundings);
        Services.AddSingleton(_surroundings.Functions);
        Services.AddSingleton(KnownSettings.Of(Services));
        SelfHostServices.Add(Services, _middleware);
        WebServer.Use(_web);
        var isHost = _invocation is RunHost && _wrongSettings is null;
        if (isHost)
        {
            WebServer.Listen(_web, options.Port);
        }

        if (options.Demo)
        {
            Services.AddDemoDisplay();
        }

        var web = _web.Build();
        if (isHost)
        {
            SelfHostServices.MakeAhead(web.Services);
        }

        return new SelfHostApplication(web, _invocation, _surroundings, _configuration, _wrongSettings);
    }

    /// <summary>Uses another service container.</summary>
    /// <typeparam name="TContainerBuilder">The container's builder.</typeparam>
    /// <param name="factory">Makes the container.</param>
    /// <param name="configure">Configures the container.</param>
    public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)_web).ConfigureContainer(factory, configure);

    /// <summary>Adds middleware around what was not added yet.</summary>
    /// <param name="middleware">Makes a step from the next one.</param>
    /// <exception cref="InvalidOperationException">The app was made already.</exception>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        ThrowIfBuilt();
        _middleware.Add(middleware);
        return this;
    }

    private void AddLogging()
    {
        var silence = new StartupSilence();
        Services.AddSingleton(silence);
        silence.AddTo(Logging);
        Logging.AddConfiguration(Configuration.GetSection("Logging"));
        Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        if (_invocation is RunCommand)
        {
            // What a command prints is for other programs to read.
            Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        }
    }

    private void ThrowIfBuilt()
    {
        if (_built)
        {
            throw new InvalidOperationException("The app was made already.");
        }
    }
}
