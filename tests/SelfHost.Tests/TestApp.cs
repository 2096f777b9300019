using KafkaFunctions.SelfHost.CommandLine;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Hosting;
using KafkaFunctions.SelfHost.Http;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.Tests;

/// <summary>A function app with functions of the test, its console and its exit status.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private IHost? _host;
    private HttpClient? _http;

    /// <summary>Classes with functions.</summary>
    public required Type[] Functions { get; init; }

    public HostRunOptions Options { get; init; } = new() { Port = 0 };

    public SelfHostInvocation? Invocation { get; init; }

    public Dictionary<string, string?> Settings { get; init; } = [];

    /// <summary>What Program would do beside HTTP.</summary>
    public Action<FunctionsApplicationBuilder> Configure { get; init; } = _ => { };

    public bool UseHttp { get; init; } = true;

    public TestFolder Folder { get; } = new();

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public int? ExitStatus { get; private set; }

    public IServiceProvider Services => _host!.Services;

    public HttpClient Http => _http ??= new HttpClient { BaseAddress = new Uri(Services.GetRequiredService<HttpOrigin>().Text) };

    public IHost Build()
    {
        var builder = new FunctionsApplicationBuilder(Invocation ?? new RunHost(Options), new HostSurroundings
        {
            ApplicationName = "TestApp",
            Functions = new FunctionSource(() => Functions),
            CurrentDirectory = Folder.Path,
            BaseDirectory = Folder.Path,
            Output = _output,
            Error = _error,
            SetExitStatus = status => ExitStatus = status,
        });
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.ClearProviders();
        if (UseHttp)
        {
            builder.ConfigureFunctionsWebApplication();
        }

        Configure(builder);
        return _host = builder.Build();
    }

    public async Task<TestApp> StartAsync()
    {
        await Build().StartAsync(TestContext.Current.CancellationToken);
        return this;
    }

    /// <summary>Runs as Program does, to the end.</summary>
    public Task RunAsync() => Build().RunAsync(TestContext.Current.CancellationToken);

    public Task StopAsync() => _host!.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_host is not null)
        {
            await _host.StopAsync();
            await ((IAsyncDisposable)_host).DisposeAsync();
        }

        Folder.Dispose();
        await _output.DisposeAsync();
        await _error.DisposeAsync();
    }
}
