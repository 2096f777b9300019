namespace KafkaFunctions.Infrastructure.Tests.Bicep;

/// <summary>What a command of the Bicep CLI did.</summary>
/// <param name="Status">Its exit status.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it complained of.</param>
internal sealed record BicepResult(int Status, string Output, string Error)
{
    // Goes by the calendar: what is recent today is not in two years, with nothing changed here.
    private const string GoesByTheCalendar = "use-recent-api-versions";

    /// <summary>Errors and warnings, but those that come by time alone.</summary>
    public IReadOnlyList<string> Complaints =>
    [
        .. Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.Contains(GoesByTheCalendar, StringComparison.Ordinal)),
    ];
}
