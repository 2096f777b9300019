namespace KafkaFunctions.App.WebAnalytics;

/// <summary>The way of a visitor through the site, by the time of the requests, in whatever order they came. Of two requests of the same
/// time, the one that came first is the earlier. Immutable.</summary>
internal sealed record PageTrail
{
    /// <summary>Most pages that are named; the first ones.</summary>
    public const int MaxPages = 100;

    /// <summary>A way that has not begun.</summary>
    public static PageTrail Empty { get; } = new();

    /// <summary>Number of requests.</summary>
    public long Views { get; init; }

    /// <summary>The first request; null where there is none.</summary>
    public PageVisit? Entry { get; init; }

    /// <summary>The last request; null where there is none.</summary>
    public PageVisit? Exit { get; init; }

    /// <summary>The different pages with their first requests, in the order of these. Exact as far as it goes: a page beyond the limit has
    /// that many before it, which only move further to the front.</summary>
    public IReadOnlyList<PageVisit> Pages { get; init; } = [];

    /// <summary>With one request more.</summary>
    public PageTrail With(PageVisit visit) => With(new PageTrail { Views = 1, Entry = visit, Exit = visit, Pages = [visit] });

    /// <summary>With what came later of the same way.</summary>
    public PageTrail With(PageTrail other) => new()
    {
        Views = Views + other.Views,
        Entry = Entry is null || other.Entry?.Time < Entry.Time ? other.Entry : Entry,
        Exit = Exit is null || other.Exit?.Time >= Exit.Time ? other.Exit : Exit,
        Pages =
        [
            // Both are sorts that keep the order of equals.
            .. Pages.Concat(other.Pages).OrderBy(visit => visit.Time).DistinctBy(visit => visit.Path).Take(MaxPages),
        ],
    };
}
