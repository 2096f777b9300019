namespace KafkaFunctions.SelfHost.Settings;

/// <summary>Where host.json and local.settings.json are: in the current folder or above it, else beside the app.</summary>
internal static class SettingsFiles
{
    public const string Host = "host.json";

    public const string Local = "local.settings.json";

    /// <summary>Full name of the file; null where there is none.</summary>
    public static string? Find(string fileName, string currentDirectory, string baseDirectory)
    {
        for (var folder = new DirectoryInfo(currentDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, fileName);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        var beside = Path.Combine(baseDirectory, fileName);
        return File.Exists(beside) ? beside : null;
    }
}
