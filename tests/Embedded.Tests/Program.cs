using KafkaFunctions.Embedded.Tests.Processes;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace KafkaFunctions.Embedded.Tests;

/// <summary>Runs the tests, or is the second process of one.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [ChildProcess.Argument, .. var rest] => ChildCommands.RunAsync(rest),
        _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
            TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
