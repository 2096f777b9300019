using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using KafkaFunctions.Supply.Packages;

namespace KafkaFunctions.Supply.Tests;

public sealed partial class LockFileTests
{
    private static readonly Repository Repository = Repository.Find();

    public static TheoryData<string> Projects =>
        [.. Project().Matches(File.ReadAllText(Path.Combine(Repository.Root, "KafkaFunctions.sln"))).Select(match => match.Groups[1].Value.Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_HasALockFile(string project) =>
        Assert.True(
            File.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, PackageLocks.FileName)),
            $"{project} has no {PackageLocks.FileName}. Run 'dotnet restore' and commit it.");

    [Theory]
    [InlineData("", "packages.lock.json", "true", "")]
    [InlineData("-p:CI=true", "packages.lock.json", "true", "true")]
    // Neither build touches the files of the other: the packages differ.
    [InlineData("-p:CI=true -p:FunctionsHost=azure", "packages.azure.lock.json", "", "")]
    [InlineData("-p:CI=true -p:RuntimeIdentifier=linux-x64", "packages.linux-x64.lock.json", "", "")]
    [InlineData("-p:CI=true -p:RuntimeIdentifiers=linux-x64", "packages.linux-x64.lock.json", "", "")]
    public async Task Build_LocksItsOwnPackages(string properties, string file, string locks, string refuses)
    {
        var values = await EvaluateAsync(properties.Split(' ', StringSplitOptions.RemoveEmptyEntries), "NuGetLockFilePath", "RestorePackagesWithLockFile", "RestoreLockedMode");

        Assert.Equal(Path.Combine(Repository.Root, "functions", file), values["NuGetLockFilePath"]);
        Assert.Equal(locks, values["RestorePackagesWithLockFile"]);
        Assert.Equal(refuses, values["RestoreLockedMode"]);
    }

    [Theory]
    [InlineData("", "true", true)]
    [InlineData("-p:CI=true", "false", true)]
    [InlineData("-p:CI=true -p:FailOnAdvisory=true", "true", false)]
    public async Task Advisories_BreakOnlyTheBuildThatAsks(string properties, string audit, bool isWarning)
    {
        var values = await EvaluateAsync(properties.Split(' ', StringSplitOptions.RemoveEmptyEntries), "NuGetAudit", "NuGetAuditMode", "WarningsNotAsErrors");

        Assert.Equal(audit, values["NuGetAudit"] is "" ? "true" : values["NuGetAudit"]);
        Assert.Equal("all", values["NuGetAuditMode"]);
        Assert.Equal(isWarning, values["WarningsNotAsErrors"].Contains("NU1903", StringComparison.Ordinal));
    }

    private static async Task<Dictionary<string, string>> EvaluateAsync(string[] properties, params string[] names)
    {
        var start = new ProcessStartInfo(
            "dotnet", ["msbuild", "functions/functions.csproj", "-nologo", .. properties, .. names.Select(name => "-getProperty:" + name)])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        foreach (var variable in (string[])["CI", "FunctionsHost", "RuntimeIdentifier", "RuntimeIdentifiers", "FailOnAdvisory", "MSBuildExtensionsPath", "MSBuildSDKsPath", "MSBUILD_EXE_PATH"])
        {
            start.Environment.Remove(variable);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.GetProperty("Properties").EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString()!);
    }

    [GeneratedRegex("\"([^\"]+\\.csproj)\"")]
    private static partial Regex Project();
}
