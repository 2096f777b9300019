using System.Reflection;
using KafkaFunctions.SelfHost.Functions;

namespace KafkaFunctions.SelfHost.Hosting;

/// <summary>What is around the host: the app, the process and its console.</summary>
internal sealed record HostSurroundings
{
    /// <summary>Name of the app.</summary>
    public required string ApplicationName { get; init; }

    /// <summary>Where the app's functions are.</summary>
    public required FunctionSource Functions { get; init; }

    /// <summary>Where host.json and local.settings.json are looked for first, then upwards.</summary>
    public required string CurrentDirectory { get; init; }

    /// <summary>Where they are looked for last.</summary>
    public required string BaseDirectory { get; init; }

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Sets the status that the process ends with.</summary>
    public required Action<int> SetExitStatus { get; init; }

    /// <summary>Those of this process.</summary>
    public static HostSurroundings OfProcess(Assembly app) => new()
    {
        ApplicationName = app.GetName().Name!,
        Functions = new FunctionSource(app),
        CurrentDirectory = Directory.GetCurrentDirectory(),
        BaseDirectory = AppContext.BaseDirectory,
        Output = Console.Out,
        Error = Console.Error,
        SetExitStatus = status => Environment.ExitCode = status,
    };
}
