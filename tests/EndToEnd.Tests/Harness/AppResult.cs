namespace KafkaFunctions.EndToEnd.Tests.Harness;

/// <summary>What came of a program that ran to its end.</summary>
/// <param name="ExitStatus">Its exit status.</param>
/// <param name="Output">Lines of its standard output.</param>
/// <param name="Error">Lines of its standard error.</param>
internal sealed record AppResult(int ExitStatus, IReadOnlyList<string> Output, IReadOnlyList<string> Error)
{
    private string All => string.Join('\n', Output.Concat(Error));

    /// <summary>Requires an exit status and one line of error that has all of the parts, and no stack trace anywhere.</summary>
    public void AssertFails(int exitStatus, params string[] parts)
    {
        Assert.True(ExitStatus == exitStatus, $"Exit status {ExitStatus}, not {exitStatus}:\n{All}");
        AssertNoStackTrace();
        var told = Error.Where(line => line.StartsWith("error: ", StringComparison.Ordinal)).ToList();
        Assert.True(told.Count == 1, $"{told.Count} errors, not 1:\n{All}");
        Assert.All(parts, part => Assert.Contains(part, told[0], StringComparison.Ordinal));
    }

    /// <summary>Requires that it did what it was asked to do.</summary>
    public AppResult AssertDone()
    {
        Assert.True(ExitStatus == 0, $"Exit status {ExitStatus}:\n{All}");
        AssertNoStackTrace();
        return this;
    }

    public void AssertNoStackTrace() => Assert.True(!All.Contains("   at ", StringComparison.Ordinal), $"A stack trace:\n{All}");
}
