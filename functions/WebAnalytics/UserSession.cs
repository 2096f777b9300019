using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>A visit of the site.</summary>
internal sealed record UserSession
{
    /// <summary>Address or name of the visitor's client.</summary>
    public required string Visitor { get; init; }

    /// <summary>Time of the first request.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Time of the last request.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>From the first request to the last.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Number of page views.</summary>
    public required long Views { get; init; }

    /// <summary>The page that was viewed first.</summary>
    public string? EntryPage { get; init; }

    /// <summary>The page that was viewed last.</summary>
    public string? ExitPage { get; init; }

    /// <summary>The different pages in the order of their first views; the first <see cref="PageTrail.MaxPages"/>.</summary>
    public required IReadOnlyList<string> Pages { get; init; }

    /// <summary>The session of a visitor's way.</summary>
    public static UserSession Of(Windowed<string> visitor, PageTrail trail) => new()
    {
        Visitor = visitor.Key,
        Start = visitor.Window.StartTime,
        End = visitor.Window.EndTime,
        DurationSeconds = (visitor.Window.EndTime - visitor.Window.StartTime).TotalSeconds,
        Views = trail.Views,
        EntryPage = trail.Entry?.Path,
        ExitPage = trail.Exit?.Path,
        Pages = [.. trail.Pages.Select(visit => visit.Path)],
    };
}
