using KafkaFunctions.Infrastructure.Tests;
using KafkaFunctions.Infrastructure.Tests.Bicep;
using KafkaFunctions.Infrastructure.Tests.Generated;

[assembly: AssemblyFixture(typeof(Refresh))]

namespace KafkaFunctions.Infrastructure.Tests;

/// <summary>Where it is asked for, writes what is derived (generated templates, snapshots) before the tests compare it.</summary>
public sealed class Refresh : IAsyncLifetime
{
    /// <summary>The environment variable that asks for it.</summary>
    public const string Variable = "REFRESH_INFRASTRUCTURE";

    /// <summary>What to say where something derived is out of date.</summary>
    public static string HowTo => $"Run the tests once with the environment variable {Variable}=true, look at the difference, and commit it:\n"
        + $"    {Variable}=true dotnet test --project tests/Infrastructure.Tests";

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not ("true" or "1"))
        {
            return;
        }

        foreach (var file in GeneratedFile.All)
        {
            await File.WriteAllTextAsync(file.FullPath, file.Write());
        }

        foreach (var parameters in InfrastructureFiles.Parameters)
        {
            // Written anew, the same outputs come in another order.
            if (!File.Exists(Snapshots.FileOf(parameters)) || (await Snapshots.ValidateAsync(parameters)).Status != 0)
            {
                var result = await Snapshots.OverwriteAsync(parameters);
                Assert.True(result.Status == 0, result.Error);
            }
        }
    }

    public ValueTask DisposeAsync() => default;
}
