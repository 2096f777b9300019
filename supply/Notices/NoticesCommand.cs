namespace KafkaFunctions.Supply.Notices;

/// <summary><c>notices</c>: the page of all packages, their licences and what these ask to be said.</summary>
internal static class NoticesCommand
{
    /// <summary>The page, in the repository's root and beside the published app.</summary>
    public const string FileName = "THIRD-PARTY-NOTICES.md";

    private const string Command = "dotnet run --project supply -- notices";

    /// <exception cref="SupplyException">A licence is unknown, or the page is to be checked and is not up to date.</exception>
    public static void Run(Repository repository, bool check, TextWriter output)
    {
        var page = NoticesPage.Write(repository, out var packages);
        var file = Path.Combine(repository.Root, FileName);
        if (!check)
        {
            File.WriteAllText(file, page);
            output.WriteLine($"Wrote {FileName}: {packages} packages.");
        }
        else if (!File.Exists(file) || File.ReadAllText(file).ReplaceLineEndings("\n") != page)
        {
            throw new SupplyException([$"{FileName} is not what the lock files say. Run '{Command}' and commit it."]);
        }
        else
        {
            output.WriteLine($"{FileName} is up to date: {packages} packages.");
        }
    }
}
