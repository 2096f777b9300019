using KafkaFunctions.SelfHost.CommandLine;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Hosting;
using KafkaFunctions.SelfHost.Invocation;
using KafkaFunctions.Streams.Brokers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.Worker.Tests;

/// <summary>An app with functions of the test, the platform added, on the self-host: started, or invoked batch by batch.</summary>
internal sealed class WorkerApp : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("worker-");
    private readonly StringWriter _console = new();
    private IHost? _host;
    private bool _isRunning;

    /// <summary>Classes with functions.</summary>
    public required Type[] Functions { get; init; }

    public Dictionary<string, string?> Settings { get; init; } = [];

    /// <summary>Takes the place of the broker's; null for the embedded log's.</summary>
    public FakePublisher? Publisher { get; init; }

    public FakeTimeProvider? Time { get; init; }

    public HostRunOptions Options { get; init; } = new() { Port = 0 };

    /// <summary>What the middleware left for the host, where <see cref="Publisher"/> is set.</summary>
    public RecordingSink Sink { get; } = new();

    public FakeLogCollector Logs { get; } = new();

    /// <summary>What the user has read.</summary>
    public string Console => _console.ToString();

    /// <summary>How the host ended; null while it runs.</summary>
    public int? ExitStatus { get; private set; }

    /// <summary>What Program does beside the platform.</summary>
    public Action<FunctionsApplicationBuilder> Configure { get; init; } = _ => { };

    public IServiceProvider Services => (_host ??= Build()).Services;

    /// <summary>Runs one invocation of a function.</summary>
    public Task InvokeAsync(string function, KafkaRecord[] records) => InvokeUntilAsync(function, records, TestContext.Current.CancellationToken);

    /// <summary>Runs one invocation that the host may cancel.</summary>
    public Task InvokeUntilAsync(string function, KafkaRecord[] records, CancellationToken cancellationToken) =>
        Services.GetRequiredService<IFunctionInvoker>().InvokeAsync(Descriptor(function), new TriggerInput(records), cancellationToken);

    public async Task<WorkerApp> StartAsync()
    {
        _ = Services;
        await _host!.StartAsync(TestContext.Current.CancellationToken);
        _isRunning = ExitStatus is null;
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            if (_isRunning)
            {
                await _host.StopAsync();
            }

            await ((IAsyncDisposable)_host).DisposeAsync();
        }

        await _console.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private FunctionDescriptor Descriptor(string function) =>
        Services.GetRequiredService<FunctionIndex>().Functions.Single(descriptor => descriptor.Name == function);

    private IHost Build()
    {
        var builder = new FunctionsApplicationBuilder(new RunHost(Options), new HostSurroundings
        {
            ApplicationName = "WorkerApp",
            Functions = new FunctionSource(() => Functions),
            CurrentDirectory = _folder.FullName,
            BaseDirectory = _folder.FullName,
            Output = _console,
            Error = _console,
            SetExitStatus = status => ExitStatus = status,
        });
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Configuration["DataDirectory"] = Path.Combine(_folder.FullName, "data");
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(new FakeLoggerProvider(Logs));
        if (Time is not null)
        {
            builder.Services.AddSingleton<TimeProvider>(Time);
        }

        if (Publisher is not null)
        {
            builder.Services.AddSingleton<IRecordPublisher>(Publisher);
            builder.Services.AddSingleton<IOutputBindingSink>(Sink);
        }

        builder.AddKafkaFunctions(options => options.FunctionTypes = () => Functions);
        Configure(builder);
        return builder.Build();
    }
}
