using KafkaFunctions.Supply.Licences;
using KafkaFunctions.Supply.Notices;
using KafkaFunctions.Supply.Packages;

namespace KafkaFunctions.Supply.Tests;

public sealed class NoticesTests : IDisposable
{
    private readonly DirectoryInfo _packages = Directory.CreateTempSubdirectory("kf-supply-");

    public void Dispose() => _packages.Delete(recursive: true);

    [Fact]
    public void Page_IsWhatTheLockFilesSay() => NoticesCommand.Run(Repository.Find(), check: true, TextWriter.Null);

    [Fact]
    public void Page_NamesEveryPackageOfEveryLockFile()
    {
        var repository = Repository.Find();
        var rows = File.ReadAllLines(Path.Combine(repository.Root, NoticesCommand.FileName)).Select(line => line.Split(" | ")).Where(cells => cells.Length == 4).ToArray();

        Assert.All(PackageLocks.OfAll(repository.Root), package => Assert.Contains(
            rows, cells => (cells[0] == $"| {package.Id}" || cells[0].StartsWith($"| [{package.Id}](", StringComparison.Ordinal)) && cells[1] == package.Version));
    }

    [Fact]
    public void Check_OfAPageThatIsOld_FailsAndNamesTheCommand()
    {
        var real = Repository.Find();
        var root = Directory.CreateDirectory(Path.Combine(_packages.FullName, "repository"));
        CopyLockOf(real, "functions", root);
        foreach (var text in Directory.GetFiles(Path.Combine(real.Root, "supply", "Licences", "Texts")))
        {
            Directory.CreateDirectory(Path.Combine(root.FullName, "supply", "Licences", "Texts"));
            File.Copy(text, Path.Combine(root.FullName, "supply", "Licences", "Texts", Path.GetFileName(text)));
        }

        var copy = new Repository(root.FullName, real.PackageFolder);
        NoticesCommand.Run(copy, check: false, TextWriter.Null);
        NoticesCommand.Run(copy, check: true, TextWriter.Null);
        File.AppendAllText(Path.Combine(root.FullName, NoticesCommand.FileName), "by hand");

        var wrong = Assert.Throws<SupplyException>(() => NoticesCommand.Run(copy, check: true, TextWriter.Null));

        Assert.Contains("dotnet run --project supply -- notices", Assert.Single(wrong.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Licence_ThatIsAccepted_IsTheExpression() =>
        Assert.Equal("MIT", LicenceRules.LicenceOf(Facts("<license type=\"expression\">MIT</license>"), out _));

    [Fact]
    public void Licence_ThatIsNotAccepted_IsAProblem()
    {
        Assert.Null(LicenceRules.LicenceOf(Facts("<license type=\"expression\">AGPL-3.0-only</license>"), out var problem));
        Assert.Contains("Some.Package 1.0.0 is under 'AGPL-3.0-only'", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<licenseUrl>https://example.com/licence</licenseUrl>")]
    [InlineData("<license type=\"file\">LICENSE.txt</license>")]
    public void Licence_ThatIsNotNamed_IsAProblemUntilItsTextIsRead(string manifest)
    {
        Assert.Null(LicenceRules.LicenceOf(Facts(manifest), out var problem));
        Assert.Contains("Some.Package 1.0.0 names no licence. Read LICENSE.txt (hash ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_OfAPackageThatWasNotRestored_SayHowToGetIt()
    {
        var wrong = Assert.Throws<SupplyException>(() => PackageFacts.Read(_packages.FullName, new LockedPackage("Not.There", "1.0.0")));

        Assert.Contains("Run 'dotnet restore'", Assert.Single(wrong.Problems), StringComparison.Ordinal);
    }

    private PackageFacts Facts(string licence)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_packages.FullName, "some.package", "1.0.0")).FullName;
        File.WriteAllText(Path.Combine(folder, "some.package.nuspec"), $"<package><metadata><id>Some.Package</id><authors>Some</authors>{licence}</metadata></package>");
        File.WriteAllText(Path.Combine(folder, "LICENSE.txt"), "Do as you like.\n");
        return PackageFacts.Read(_packages.FullName, new LockedPackage("Some.Package", "1.0.0"));
    }

    private static void CopyLockOf(Repository repository, string project, DirectoryInfo root) => File.Copy(
        Path.Combine(repository.Root, project, PackageLocks.FileName),
        Path.Combine(root.CreateSubdirectory(project).FullName, PackageLocks.FileName));
}
