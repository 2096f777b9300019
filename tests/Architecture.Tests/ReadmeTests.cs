using KafkaFunctions.TestSupport;

namespace KafkaFunctions.Architecture.Tests;

public sealed class ReadmeTests
{
    public static TheoryData<string> Folders =>
    [
        "functions", "selfhost",
        .. Directory.GetDirectories(Path.Combine(Repository.Root, "shared")).Select(folder => Path.GetRelativePath(Repository.Root, folder)),
    ];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_OfAProject_HasAReadme(string folder) => Assert.True(File.Exists(Path.Combine(Repository.Root, folder, "README.md")), $"Write {folder}/README.md.");
}
