namespace KafkaFunctions.TestSupport;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    private const string RootMarker = "KafkaFunctions.sln";

    /// <summary>Its root.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, RootMarker)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"{RootMarker} is in no folder above {AppContext.BaseDirectory}.");
    }
}
