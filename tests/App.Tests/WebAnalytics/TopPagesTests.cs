using System.Text.Json;
using CsCheck;
using KafkaFunctions.App.WebAnalytics;

namespace KafkaFunctions.App.Tests.WebAnalytics;

public sealed class TopPagesTests : IAsyncDisposable
{
    // 2026-03-01T11:00:00Z.
    private const long Eleven = 1_772_362_800_000;
    private const long Minute = 60_000;

    private readonly StatefulApp _counts = new(PageViewsPerFiveMinutes.Processor);
    private readonly StatefulApp _top = new(TopPages.Processor);

    public async ValueTask DisposeAsync()
    {
        await _counts.DisposeAsync();
        await _top.DisposeAsync();
    }

    [Fact]
    public async Task Run_Views_AreCountedInTheFiveWindowsThatTheyAreIn()
    {
        await _counts.RunAsync(("/cart", "{}", Eleven + (4 * Minute)), ("/cart", "{}", Eleven + (4 * Minute) + 1));

        Assert.Equal(
            [
                """2026-03-01T11:00:00Z={"page":"/cart","start":"2026-03-01T11:00:00+00:00","end":"2026-03-01T11:05:00+00:00","views":2}""",
                """2026-03-01T11:01:00Z={"page":"/cart","start":"2026-03-01T11:01:00+00:00","end":"2026-03-01T11:06:00+00:00","views":2}""",
                """2026-03-01T11:02:00Z={"page":"/cart","start":"2026-03-01T11:02:00+00:00","end":"2026-03-01T11:07:00+00:00","views":2}""",
                """2026-03-01T11:03:00Z={"page":"/cart","start":"2026-03-01T11:03:00+00:00","end":"2026-03-01T11:08:00+00:00","views":2}""",
                """2026-03-01T11:04:00Z={"page":"/cart","start":"2026-03-01T11:04:00+00:00","end":"2026-03-01T11:09:00+00:00","views":2}""",
            ],
            _counts.Published().Select(count => $"{count.Key}={count.Value}"));
    }

    [Fact]
    public async Task Run_Counts_AreRankedByViewsThenByPage()
    {
        await _top.RunAsync(Count("/b", 2), Count("/a", 2), Count("/c", 5), Count("/b", 3));

        var (key, value) = _top.Published()[^1];
        Assert.Equal("2026-03-01T11:00:00Z", key);
        Assert.Equal(
            """{"start":"2026-03-01T11:00:00+00:00","end":"2026-03-01T11:05:00+00:00","pages":[{"page":"/c","views":5},{"page":"/b","views":3},{"page":"/a","views":2}]}""",
            value);
    }

    [Fact]
    public async Task Run_ElevenPages_TheLowestFallsOutAndComesBackByACountOfItsOwn()
    {
        await _top.RunAsync([.. Enumerable.Range(0, 11).Select(i => Count($"/{i:00}", 10 + i))]);
        Assert.Equal(Enumerable.Range(1, 10).Reverse().Select(i => $"/{i:00}"), Pages());

        await _top.RunAsync(Count("/00", 11));
        Assert.Equal((10, "/00"), (Pages().Count, Pages()[^1]));

        await _top.RunAsync(Count("/01", 12));
        Assert.Equal(["/02", "/01"], Pages()[^2..].Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public async Task Run_OlderCountOrCopy_ChangesNothing()
    {
        await _top.RunAsync(Count("/a", 3), Count("/a", 2), Count("/a", 3));

        Assert.Equal(3, _top.Table()["2026-03-01T11:00:00Z"].GetProperty("pages")[0].GetProperty("views").GetInt64());
        Assert.Equal(["/a"], Pages());
    }

    [Fact]
    public async Task Run_CountsOfSeveralWindows_EachHasItsOwnRanking()
    {
        await _top.RunAsync(Count("/a", 1), Count("/b", 1, Eleven + (10 * Minute)), Count("/c", 1));

        Assert.Equal(["/a", "/c"], Pages());
        Assert.Equal(2, _top.Table().Count);
        Assert.Empty(_top.DeadLetters);
    }

    [Fact]
    public void With_CountsThatGrow_IsTheTopOfAllLatestCounts() =>
        Gen.Select(Gen.Int[0, 25], Gen.Int[1, 4]).Array[0, 200].Sample(steps =>
        {
            var counts = new Dictionary<string, long>();
            var ranking = PageRanking.Empty;
            foreach (var (page, more) in steps)
            {
                var name = $"/{page}";
                counts[name] = counts.GetValueOrDefault(name) + more;
                ranking = ranking.With(new PageViewCount(name, default, default, counts[name]));
            }

            Assert.Equal(
                counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Take(PageRanking.MaxPages).Select(count => new PageViewTotal(count.Key, count.Value)),
                ranking.Pages);
        });

    private List<string> Pages() =>
        [.. _top.Table()["2026-03-01T11:00:00Z"].GetProperty("pages").EnumerateArray().Select(page => page.GetProperty("page").GetString()!)];

    private static (string?, string?, long) Count(string page, long views, long start = Eleven)
    {
        var from = DateTimeOffset.FromUnixTimeMilliseconds(start);
        return (StartText.Of(from), JsonSerializer.Serialize(new PageViewCount(page, from, from.AddMinutes(5), views), AppJson.Wire.PageViewCount), 0);
    }
}
