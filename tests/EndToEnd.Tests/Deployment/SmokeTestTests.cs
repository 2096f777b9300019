using System.Diagnostics;
using KafkaFunctions.EndToEnd.Tests.Harness;
using KafkaFunctions.TestSupport;

namespace KafkaFunctions.EndToEnd.Tests.Deployment;

/// <summary>The script that a deployment is tried with, on an app that runs here.</summary>
public sealed class SmokeTestTests : IDisposable
{
    private const string Key = "a-key-of-its-own";

    private readonly AppFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunningApp_CountsThePageViews()
    {
        await using var app = AppProcess.StartHost(_folder, new Dictionary<string, string?> { ["FunctionKey"] = Key, ["Host__Address"] = "localhost" });
        await app.WaitUntilReadyAsync();

        var (status, printed) = await RunAsync(60, app.Address.ToString(), Key);

        Assert.True(status == 0, printed);
        Assert.Contains("Counted: ", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongKey_IsTold()
    {
        await using var app = AppProcess.StartHost(_folder, new Dictionary<string, string?> { ["FunctionKey"] = Key, ["Host__Address"] = "localhost" });
        await app.WaitUntilReadyAsync();

        var (status, printed) = await RunAsync(0, app.Address.ToString(), "another-key");

        Assert.Equal(1, status);
        Assert.Contains("Not accepted within 0 s", printed, StringComparison.Ordinal);
        Assert.Contains("401", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FunctionThatDoesNotRun_IsTold()
    {
        await using var app = AppProcess.StartHost(
            _folder,
            new Dictionary<string, string?> { ["FunctionKey"] = Key, ["Host__Address"] = "localhost", ["AzureWebJobs__RoutePageViews__Disabled"] = "true" });
        await app.WaitUntilReadyAsync();

        var (status, printed) = await RunAsync(3, app.Address.ToString(), Key);

        Assert.Equal(1, status);
        Assert.Contains("Not counted within 3 s", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongUsage_IsTold()
    {
        var (status, printed) = await RunAsync(0, "localhost");

        Assert.Equal(2, status);
        Assert.Contains("Usage: ", printed, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Printed)> RunAsync(int seconds, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for bash.");
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "infra-bicep", "smoke-test.sh"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["SMOKE_TEST_SECONDS"] = $"{seconds}" },
        };
        using var script = Process.Start(start)!;
        var output = script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (script.ExitCode, await output + await error);
    }
}
