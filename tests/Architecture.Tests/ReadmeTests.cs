using System.Runtime.CompilerServices;

namespace KafkaFunctions.Architecture.Tests;

public sealed class ReadmeTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string> Folders =>
    [
        "functions", "selfhost",
        .. Directory.GetDirectories(Path.Combine(Root, "shared")).Select(folder => Path.GetRelativePath(Root, folder)),
    ];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_OfAProject_HasAReadme(string folder) => Assert.True(File.Exists(Path.Combine(Root, folder, "README.md")), $"Write {folder}/README.md.");

    private static string FindRoot([CallerFilePath] string file = "")
    {
        // Builds that map source paths say another one: the assembly's own folder is inside the repository, too.
        var start = File.Exists(file) ? Path.GetDirectoryName(file) : AppContext.BaseDirectory;
        for (var folder = new DirectoryInfo(start!); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KafkaFunctions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no KafkaFunctions.sln above {start}.");
    }
}
