using System.Diagnostics;
using System.Reflection;

namespace KafkaFunctions.Infrastructure.Tests.Bicep;

/// <summary>The Bicep CLI, as its package brings it.</summary>
internal static class BicepCli
{
    private static readonly string Folder =
        typeof(BicepCli).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "BicepFolder").Value!;

    private static readonly string? Program =
        Array.Find([Path.Combine(Folder, "bicep"), Path.Combine(Folder, "bicep.exe")], File.Exists);

    /// <summary>Whether there is a CLI for this platform.</summary>
    public static bool IsHere => Program is not null;

    /// <summary>Runs a command in the repository.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">There is no CLI for this platform: the test is skipped.</exception>
    public static async Task<BicepResult> RunAsync(params string[] arguments)
    {
        Assert.SkipUnless(IsHere, $"There is no Bicep CLI in {Folder}: its package has none for this platform.");
        var start = new ProcessStartInfo(Program!, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Parameter files read some values from the environment: of whoever runs the tests, none is meant.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AZURE_", StringComparison.Ordinal) || name.StartsWith("KAFKA", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["KAFKA_BROKERS"] = "pkc-00000.westeurope.azure.confluent.cloud:9092";
        start.Environment["KAFKA_API_KEY"] = "an-api-key";
        start.Environment["KAFKA_API_SECRET"] = "an-api-secret";

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new BicepResult(process.ExitCode, await output, await error);
    }
}
