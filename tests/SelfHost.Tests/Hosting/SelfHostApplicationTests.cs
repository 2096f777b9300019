using System.Net;
using System.Net.Sockets;
using KafkaFunctions.SelfHost.CommandLine;
using KafkaFunctions.SelfHost.CommandLine.Groups;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Settings;
using KafkaFunctions.SelfHost.Tests.Functions;
using KafkaFunctions.SelfHost.Tests.Http;
using KafkaFunctions.SelfHost.Tests.Triggers;
using KafkaFunctions.SelfHost.Triggers;
using KafkaFunctions.Streams.Brokers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KafkaFunctions.SelfHost.Tests.Hosting;

public sealed class SelfHostApplicationTests
{
    [Fact]
    public async Task Run_EndNow_EndsWithItsStatus()
    {
        await using var app = new TestApp { Functions = [typeof(BrokenFunctions.NoTrigger)], Invocation = new EndNow(2) };

        await app.RunAsync();

        Assert.Equal((2, ""), (app.ExitStatus, app.Error));
    }

    [Fact]
    public async Task Run_Command_RunsItAlone()
    {
        string? topic = null;
        await using var app = new TestApp
        {
            Functions = [typeof(TriggerSamples)],
            Settings = { ["SecondTopic"] = "second" },
            Invocation = new RunCommand((services, _) =>
            {
                topic = string.Join(' ', services.GetRequiredService<IConsumerGroupCatalog>().Consumers.Select(consumer => $"{consumer.Function}:{consumer.ConsumerGroup}:{consumer.Topic}"));
                return Task.FromResult(0);
            }),
        };

        await app.RunAsync();

        Assert.Equal((0, "First:first-group:in-topic Second::second", ""), (app.ExitStatus, topic, app.Output));
    }

    [Fact]
    public async Task Run_CommandFails_TellsItInALine()
    {
        await using var app = new TestApp
        {
            Functions = [],
            Invocation = new RunCommand((_, _) => throw new BrokerUnavailableException("The broker is away. Check BrokerList.")),
        };

        await app.RunAsync();

        Assert.Equal((1, "error: The broker is away. Check BrokerList.\n"), (app.ExitStatus, app.Error.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task Run_MalformedHostJson_TellsThePlace()
    {
        await using var app = new TestApp { Functions = [typeof(HttpSamples)] };
        app.Folder.Write("host.json", "{ oops }");

        await app.RunAsync();

        Assert.Equal(1, app.ExitStatus);
        Assert.Contains("host.json(1,3): not valid JSON", app.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BrokenFunctions_TellsAllOfThem()
    {
        await using var app = new TestApp { Functions = [typeof(BrokenFunctions.NoTrigger), typeof(BrokenFunctions.TwoTriggers)] };

        await app.RunAsync();

        Assert.Equal((1, 2), (app.ExitStatus, app.Error.Split("error: ").Length - 1));
    }

    [Fact]
    public async Task Run_PortInUse_NamesTheOption()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var app = new TestApp { Functions = [typeof(HttpSamples)], Options = new HostRunOptions { Port = port } };

        await app.RunAsync();

        Assert.Equal(1, app.ExitStatus);
        Assert.Equal($"error: Port {port} is in use. Choose another with --port N, or with Host.LocalHttpPort in local.settings.json.", app.Error.Trim());
    }

    [Fact]
    public async Task Run_InvalidOptions_TellsTheFailures()
    {
        await using var app = new TestApp
        {
            Functions = [typeof(HttpSamples)],
            Configure = builder => builder.Services.AddOptions<HostRunOptions>().Validate(_ => false, "Kafka__X must be 1.").ValidateOnStart(),
        };

        await app.RunAsync();

        Assert.Equal((1, "error: Kafka__X must be 1."), (app.ExitStatus, app.Error.Trim()));
    }

    [Fact]
    public async Task Run_HttpFunctionWithoutWebApplication_SaysWhatToCall()
    {
        await using var app = new TestApp { Functions = [typeof(HttpSamples)], UseHttp = false };

        await app.RunAsync();

        Assert.Equal(1, app.ExitStatus);
        Assert.Contains("ConfigureFunctionsWebApplication()", app.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BackgroundServiceDies_EndsWithOne()
    {
        await using var app = new TestApp
        {
            Functions = [],
            Configure = builder => builder.Services.AddHostedService<DyingService>(),
        };

        await app.RunAsync();

        Assert.Equal(1, app.ExitStatus);
    }

    [Fact]
    public async Task Run_StoppedWhileItStarts_EndsInOrder()
    {
        var listeners = new FakeListenerFactory();
        IHost? host = null;
        listeners.OnCreate = listener => listener.OnStart = cancellationToken =>
        {
            host!.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        };
        await using var app = new TestApp
        {
            Functions = [typeof(TriggerSamples)],
            Settings = { ["SecondTopic"] = "second" },
            Configure = builder => builder.Services.AddSingleton<ITriggerListenerFactory>(listeners),
        };
        host = app.Build();

        await host.RunAsync(TestContext.Current.CancellationToken);

        Assert.Null(app.ExitStatus);
        Assert.NotEmpty(listeners.Listeners);
        Assert.All(listeners.Listeners, listener => Assert.Equal((false, true), (listener.Started, listener.Stopped)));
    }

    [Theory]
    [InlineData(typeof(BrokenFunctions.SameRoute), "Functions 'Left' and 'Right' have the same route 'api/same'")]
    [InlineData(typeof(BrokenFunctions.MalformedRoute), "Function 'Bent': its route 'api/{open' is malformed")]
    public async Task Run_RouteIsWrong_NamesTheFunction(Type functions, string expected)
    {
        await using var app = new TestApp { Functions = [functions] };

        await app.RunAsync();

        Assert.Equal(1, app.ExitStatus);
        Assert.Contains(expected, app.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Functions_AreListedAsFuncDoes()
    {
        await using var app = new TestApp
        {
            Functions = [typeof(TriggerSamples), typeof(HttpSamples)],
            Settings = { ["SecondTopic"] = "second", ["AzureWebJobs:Plain:Disabled"] = "true" },
            Configure = builder => builder.Services.AddSingleton<ITriggerListenerFactory>(new FakeListenerFactory()),
        };
        await app.StartAsync();

        var lines = app.Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("Functions:", lines[0]);
        Assert.Equal($"\tAction: [GET] {app.Http.BaseAddress}api/action", lines[1]);
        Assert.Contains($"\tProperty: [GET] {app.Http.BaseAddress}api/property → out", lines);
        Assert.Contains("\tFirst: kafkaTrigger in-topic → out-topic (group first-group)", lines);
        Assert.Contains("\tTick: timerTrigger 0 0 0 1 1 *", lines);
        Assert.Equal("Function Plain is disabled.", lines[^1]);
    }

    [Fact]
    public async Task Start_FunctionsNamedBySettings_AreTheOnlyOnes()
    {
        await using var app = new TestApp
        {
            Functions = [typeof(TriggerSamples), typeof(HttpSamples)],
            Settings = { ["AzureFunctionsJobHost:functions:0"] = "tick", ["AzureFunctionsJobHost:functions:1"] = " Action " },
            Configure = builder => builder.Services.AddSingleton<ITriggerListenerFactory>(new FakeListenerFactory()),
        };
        await app.StartAsync();

        Assert.Equal(["Action", "Tick"], app.Services.GetRequiredService<FunctionIndex>().Functions.Select(function => function.Name));
    }

    [Fact]
    public async Task Start_FunctionsNamedByCommandLineToo_AreThoseOfTheCommandLine()
    {
        await using var app = new TestApp
        {
            Functions = [typeof(HttpSamples)],
            Options = new HostRunOptions { Port = 0, Functions = ["Action"] },
            Settings = { ["AzureFunctionsJobHost:functions:0"] = "Property", ["AzureFunctionsJobHost:functions:1"] = "Nope" },
        };
        await app.StartAsync();

        Assert.Equal(["Action"], app.Services.GetRequiredService<FunctionIndex>().Functions.Select(function => function.Name));
    }

    [Fact]
    public async Task Run_UnknownFunctionNamedBySettings_NamesTheSetting()
    {
        await using var app = new TestApp { Functions = [typeof(HttpSamples)], Settings = { ["AzureFunctionsJobHost:functions:0"] = "Nope" } };

        await app.RunAsync();

        Assert.Equal(1, app.ExitStatus);
        Assert.StartsWith("error: AzureFunctionsJobHost__functions: there is no function 'Nope'. The app has: ", app.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_Settings_ComeFromLocalSettingsAndHostJson()
    {
        await using var app = new TestApp { Functions = [] };
        var hostJson = app.Folder.Write("host.json", """{ "extensions": { "kafka": { "maxBatchSize": 7 } }, "logging": { "logLevel": { "Function": "Debug" } } }""");
        app.Folder.Write("local.settings.json", """{ "IsEncrypted": false, "Values": { "FilterCondition": "x", "Kafka__OutputDelivery": "Binding" } }""");
        app.Build();

        var configuration = app.Services.GetRequiredService<IConfiguration>();

        Assert.Equal(("x", "Binding", "Debug"), (configuration["FilterCondition"], configuration["Kafka:OutputDelivery"], configuration["Logging:LogLevel:Function"]));
        Assert.Equal(Path.Combine(Path.GetDirectoryName(hostJson)!, ".data"), configuration["DataDirectory"]);
        Assert.Equal(7, app.Services.GetRequiredService<KafkaHostOptions>().MaxBatchSize);
    }

    [Fact]
    public async Task Build_Demo_IsConfiguredBeforeTheApp()
    {
        (string?, string?) seen = default;
        await using var app = new TestApp
        {
            Functions = [],
            Options = new HostRunOptions { Demo = true, DemoRate = 12.5 },
            Configure = builder => seen = (builder.Configuration["Demo:Enabled"], builder.Configuration["Demo:Rate"]),
        };
        app.Build();

        Assert.Equal(("True", "12.5"), seen);
    }

    private sealed class DyingService : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidTimeZoneException();
        }
    }
}
