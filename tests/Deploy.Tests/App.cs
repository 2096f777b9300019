using KafkaFunctions.App;
using KafkaFunctions.SelfHost.CommandLine;
using KafkaFunctions.SelfHost.CommandLine.Groups;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Hosting;
using KafkaFunctions.SelfHost.Settings;
using KafkaFunctions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Deploy.Tests;

/// <summary>The app as its Program makes it, on the self-host; not started.</summary>
internal static class App
{
    private static readonly IServiceProvider Services = Build();

    /// <summary>Every function that a topic triggers, with topic and consumer group.</summary>
    public static IReadOnlyList<FunctionConsumer> Consumers => Services.GetRequiredService<IConsumerGroupCatalog>().Consumers;

    /// <summary>How long the host takes to stop at most.</summary>
    public static TimeSpan ShutdownTimeout => Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;

    /// <summary>Whether the app or its host reads the setting. Names in capitals belong to other programs.</summary>
    public static bool Reads(string setting) =>
        Services.GetRequiredService<KnownSettings>().Contains(setting) || !setting.Any(char.IsAsciiLetterLower);

    private static IServiceProvider Build()
    {
        var builder = new FunctionsApplicationBuilder(new RunCommand((_, _) => Task.FromResult(0)), new HostSurroundings
        {
            ApplicationName = "App",
            Functions = new FunctionSource(typeof(Topics).Assembly),
            CurrentDirectory = AppContext.BaseDirectory,
            BaseDirectory = AppContext.BaseDirectory,
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            SetExitStatus = _ => { },
        });
        builder.ConfigureFunctionsWebApplication();
        builder.AddKafkaFunctions();
        builder.Services.AddApp(builder.Configuration);
        return builder.Build().Services;
    }
}
