namespace KafkaFunctions.Infrastructure.Tests.Bicep;

/// <summary>Snapshots: what a deployment of a parameter file would make, told without Azure.</summary>
internal static class Snapshots
{
    // Nobody's: names and ids in the snapshots follow from them.
    private static readonly string[] Place =
    [
        "--subscription-id", "00000000-0000-0000-0000-000000000000",
        "--tenant-id", "00000000-0000-0000-0000-000000000000",
        "--resource-group", "rg-kafkafunctions",
        "--location", "westeurope",
        "--deployment-name", "main",
    ];

    /// <summary>Compares a parameter file with its snapshot.</summary>
    public static Task<BicepResult> ValidateAsync(string parameters) => BicepCli.RunAsync(["snapshot", parameters, "--mode", "validate", .. Place]);

    /// <summary>Writes the snapshot of a parameter file.</summary>
    public static Task<BicepResult> OverwriteAsync(string parameters) => BicepCli.RunAsync(["snapshot", parameters, "--mode", "overwrite", .. Place]);

    /// <summary>The snapshot's file.</summary>
    public static string FileOf(string parameters) => Path.Combine(Repository.Root, Path.ChangeExtension(parameters, ".snapshot.json"));
}
