using KafkaFunctions.Supply.Packages;
using KafkaFunctions.Supply.Published;

namespace KafkaFunctions.Supply.Tests;

public sealed class PublishedTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kf-published-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Published_AsLocked_Passes() => Run("\"One/1.0.0\": { \"type\": \"package\", \"sha512\": \"sha512-AA==\" }, \"App/0.1.0\": { \"type\": \"project\", \"sha512\": \"\" }");

    [Theory]
    [InlineData("", "One 1.0.0 is locked, but not published.")]
    [InlineData("\"One/1.0.0\": { \"type\": \"package\", \"sha512\": \"sha512-BB==\" }", "One 1.0.0 is published with other content than the locked one.")]
    [InlineData(
        "\"One/1.0.0\": { \"type\": \"package\", \"sha512\": \"sha512-AA==\" }, \"Two/1.0.0\": { \"type\": \"package\", \"sha512\": \"sha512-AA==\" }",
        "Two 1.0.0 is published, but not locked.")]
    public void Published_OtherwiseThanLocked_IsAProblem(string libraries, string problem) =>
        Assert.Equal([problem], Assert.Throws<SupplyException>(() => Run(libraries)).Problems);

    [Fact]
    public void Published_Nowhere_SaysWhereToLook()
    {
        var wrong = Assert.Throws<SupplyException>(() => PublishedCommand.Run(Repository.Find(), _folder, TextWriter.Null));

        Assert.Contains("Name the folder", Assert.Single(wrong.Problems), StringComparison.Ordinal);
    }

    private void Run(string libraries)
    {
        _folder.CreateSubdirectory(Repository.App);
        File.WriteAllText(
            Path.Combine(_folder.FullName, Repository.App, PackageLocks.FileName),
            "{ \"dependencies\": { \"net10.0\": { \"One\": { \"type\": \"Direct\", \"resolved\": \"1.0.0\", \"contentHash\": \"AA==\" } } } }");
        File.WriteAllText(Path.Combine(_folder.FullName, "KafkaFunctions.App.deps.json"), $"{{ \"libraries\": {{ {libraries} }} }}");
        PublishedCommand.Run(new Repository(_folder.FullName, _folder.FullName), _folder, TextWriter.Null);
    }
}
