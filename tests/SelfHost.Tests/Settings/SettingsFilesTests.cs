using KafkaFunctions.SelfHost.Settings;

namespace KafkaFunctions.SelfHost.Tests.Settings;

public sealed class SettingsFilesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_InTheFolderAbove_IsFound()
    {
        var file = _folder.Write("host.json", "{}");
        var below = Directory.CreateDirectory(Path.Combine(_folder.Path, "a", "b"));

        Assert.Equal(file, SettingsFiles.Find("host.json", below.FullName, "/nowhere"));
    }

    [Fact]
    public void Find_InCurrentFolderAndAbove_TakesTheNearest()
    {
        _folder.Write("host.json", "{}");
        var near = _folder.Write(Path.Combine("a", "host.json"), "{}");

        Assert.Equal(near, SettingsFiles.Find("host.json", Path.Combine(_folder.Path, "a"), "/nowhere"));
    }

    [Fact]
    public void Find_OnlyBesideTheApp_IsFound()
    {
        var file = _folder.Write(Path.Combine("app", "only-beside.json"), "{}");
        var other = Directory.CreateDirectory(Path.Combine(_folder.Path, "other"));

        Assert.Equal(file, SettingsFiles.Find("only-beside.json", other.FullName, Path.Combine(_folder.Path, "app")));
    }

    [Fact]
    public void Find_Nowhere_IsNull() => Assert.Null(SettingsFiles.Find("no-such-file.json", _folder.Path, _folder.Path));
}
