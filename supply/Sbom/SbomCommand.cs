using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using KafkaFunctions.Supply.Packages;

namespace KafkaFunctions.Supply.Sbom;

/// <summary><c>sbom</c>: the bill of materials, made by the CycloneDX tool of <c>.config/dotnet-tools.json</c>.</summary>
internal static class SbomCommand
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "kafkafunctions.cdx.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <exception cref="SupplyException">The tool failed, or what it wrote is not complete.</exception>
    public static async Task RunAsync(Repository repository, DirectoryInfo folder, TextWriter output, CancellationToken cancellationToken)
    {
        var assets = Path.Combine(repository.Root, Repository.App, "obj", "project.assets.json");
        if (!File.Exists(assets))
        {
            throw new SupplyException([$"{assets} is missing. Run 'dotnet restore' first."]);
        }

        await DotnetAsync(repository, cancellationToken, "tool", "restore").ConfigureAwait(false);
        await DotnetAsync(
            repository, cancellationToken,
            "dotnet-CycloneDX", Path.Combine(Repository.App, "functions.csproj"), "--output", folder.FullName, "--filename", FileName,
            "--output-format", "Json", "--disable-package-restore", "--set-name", "KafkaFunctions", "--set-version", VersionIn(assets)).ConfigureAwait(false);

        var file = Path.Combine(folder.FullName, FileName);
        var document = JsonNode.Parse(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false))!;
        var packages = PackageLocks.OfApp(repository.Root);
        SbomLicences.Fill(document, packages.Select(package => PackageFacts.Read(repository.PackageFolder, package)));
        SbomCheck.Check(document, packages);
        await File.WriteAllTextAsync(file, document.ToJsonString(Indented) + "\n", cancellationToken).ConfigureAwait(false);
        await output.WriteLineAsync($"Wrote {file}: {packages.Count} packages, each with version, hash and licence.").ConfigureAwait(false);
    }

    private static string VersionIn(string assets)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(assets));
        return document.RootElement.GetProperty("project").GetProperty("version").GetString()!;
    }

    private static async Task DotnetAsync(Repository repository, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw new SupplyException([$"'dotnet {string.Join(' ', arguments)}' failed: {await output.ConfigureAwait(false)}{await error.ConfigureAwait(false)}"]);
        }
    }
}
