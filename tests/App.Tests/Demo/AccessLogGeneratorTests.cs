using KafkaFunctions.App.Demo;
using KafkaFunctions.App.WebAnalytics;
using static KafkaFunctions.App.Tests.TestRecords;

namespace KafkaFunctions.App.Tests.Demo;

public sealed class AccessLogGeneratorTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void From_SameSeed_GivesTheSameLines() =>
        Assert.Equal(Lines(7, 500).Select(line => Text(line.Line)), Lines(7, 500).Select(line => Text(line.Line)));

    [Fact]
    public void From_OtherSeed_GivesOtherLines() =>
        Assert.NotEqual(Lines(7, 500).Select(line => Text(line.Line)), Lines(8, 500).Select(line => Text(line.Line)));

    [Fact]
    public void From_AnyLine_ParsesUnlessMalformed() =>
        Assert.All(Lines(1, 20_000), line => Assert.Equal(!line.IsMalformed, TryParse(line) is not null));

    [Fact]
    public void From_Lines_HaveTheirVisitorAsKeyAndTheirTime() =>
        Assert.All(Lines(1, 2000).Where(line => !line.IsMalformed), line =>
        {
            var view = AccessLogParser.Parse(line.Line);
            Assert.Equal(Text(line.Key), view.Host);
            Assert.Equal(line.Time.ToUnixTimeSeconds(), view.Time.ToUnixTimeSeconds());
            Assert.Equal(line.Time.Offset, view.Time.Offset);
        });

    [Fact]
    public void From_ManyLines_AreLikeASitesOwn()
    {
        var lines = new AccessLogGenerator(1).From(Start.AddHours(12), 10).Take(50_000).ToList();
        var views = lines.Select(TryParse).OfType<PageView>().ToList();

        Assert.InRange(lines.Count(line => line.IsMalformed), 350, 650);
        Assert.InRange(Share(views, view => view.Status >= 500), 0.010, 0.020);
        Assert.InRange(Share(views, view => view.Status is >= 400 and < 500), 0.02, 0.04);
        Assert.InRange(Share(views, view => view.IsBot), 0.10, 0.25);
        Assert.InRange(Share(views, view => view.Referrer?.StartsWith(ShopSite.Origin, StringComparison.Ordinal) == true), 0.5, 0.9);
        Assert.InRange(Share(views, view => view.Host.Contains(':', StringComparison.Ordinal)), 0.05, 0.2);
        Assert.InRange(views.Select(view => view.Host).Distinct().Count(), 2000, 20_000);
        Assert.Contains(views, view => view.User is not null);
    }

    [Fact]
    public void From_Visitor_WalksFromPageToPage()
    {
        var walks = Lines(1, 20_000).Select(TryParse).OfType<PageView>().Where(view => !view.IsBot).GroupBy(view => view.Host);

        var followed = walks.SelectMany(walk => walk.Zip(walk.Skip(1))).ToList();
        Assert.InRange(
            Share(followed, pair => pair.Second.Referrer == ShopSite.Origin + Target(pair.First)), 0.95, 1);
    }

    [Fact]
    public void From_ADay_FollowsTheRhythmAndTheMean()
    {
        var day = new AccessLogGenerator(3).From(Start, 0.5).TakeWhile(line => line.Time < Start.AddDays(1)).ToList();
        var byHour = day.CountBy(line => line.Time.Hour).ToDictionary();

        Assert.InRange(day.Count, 43_200 * 0.95, 43_200 * 1.05);
        Assert.InRange((double)byHour[20] / byHour[3], 4, 10);
        Assert.True(BotShare(day, 3) > 2 * BotShare(day, 20));
    }

    [Fact]
    public void From_Lines_AreInTheOrderOfTheirTimes()
    {
        var times = Lines(1, 5000).Select(line => line.Time).ToList();

        Assert.Equal(Start, times[0]);
        Assert.Equal(times.Order(), times);
    }

    private static double BotShare(List<GeneratedLine> day, int hour) =>
        Share([.. day.Where(line => line.Time.Hour == hour).Select(TryParse).OfType<PageView>()], view => view.IsBot);

    private static double Share<T>(List<T> all, Func<T, bool> which) => all.Count(which) / (double)all.Count;

    private static string Target(PageView view) => view.Query is null ? view.Path! : $"{view.Path}?{view.Query}";

    private static List<GeneratedLine> Lines(int seed, int count) => [.. new AccessLogGenerator(seed).From(Start, 10).Take(count)];

    private static PageView? TryParse(GeneratedLine line)
    {
        try
        {
            return AccessLogParser.Parse(line.Line);
        }
        catch (LogLineFormatException)
        {
            return null;
        }
    }
}
