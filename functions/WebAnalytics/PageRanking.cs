namespace KafkaFunctions.App.WebAnalytics;

/// <summary>The pages with the highest counts that were seen, the highest first; of two with the same, the one whose path is first in the
/// order of its characters. Immutable.</summary>
/// <param name="Pages">At most <see cref="MaxPages"/>.</param>
/// <remarks>Exact though all others are forgotten: counts only grow, so a page that has fallen out comes back by a count of its own, and
/// what has pushed it out has not become less.</remarks>
internal sealed record PageRanking(IReadOnlyList<PageViewTotal> Pages)
{
    /// <summary>Most pages that are kept.</summary>
    public const int MaxPages = 10;

    /// <summary>No pages.</summary>
    public static PageRanking Empty { get; } = new([]);

    /// <summary>With the new count of a page in place of its old one.</summary>
    public PageRanking With(PageViewCount count)
    {
        if (Pages.Any(page => page.Page == count.Page && page.Views >= count.Views))
        {
            // A copy, or a count that a newer one has overtaken.
            return this;
        }

        return new PageRanking(
        [
            .. Pages
                .Where(page => page.Page != count.Page)
                .Append(new PageViewTotal(count.Page, count.Views))
                .OrderByDescending(page => page.Views)
                .ThenBy(page => page.Page, StringComparer.Ordinal)
                .Take(MaxPages),
        ]);
    }
}
