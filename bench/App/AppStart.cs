namespace KafkaFunctions.Bench.App;

/// <summary>How to start an instance of an app.</summary>
/// <param name="Name">Name in messages.</param>
/// <param name="Assembly">The built app.</param>
/// <param name="Port">Its HTTP port.</param>
/// <param name="LogFile">File that its output is appended to.</param>
/// <param name="WorkingDirectory">Its working directory.</param>
/// <param name="Settings">Its settings, as environment variables.</param>
internal sealed record AppStart(
    string Name,
    string Assembly,
    int Port,
    string LogFile,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string?> Settings)
{
    /// <summary>Run only these functions; empty (default): all.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];
}
