namespace KafkaFunctions.App.WebAnalytics;

/// <summary>The most viewed pages of five minutes.</summary>
/// <param name="Start">When they begin.</param>
/// <param name="End">When they are over.</param>
/// <param name="Pages">The pages, the most viewed first.</param>
internal sealed record RankedPages(DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<PageViewTotal> Pages)
{
    /// <summary>The pages of the window that begins at a time.</summary>
    public static RankedPages Of(DateTimeOffset start, PageRanking ranking) => new(start, start + PageViewsPerFiveMinutes.Size, ranking.Pages);
}
