using System.Text.Json;
using CsCheck;
using KafkaFunctions.App.WebAnalytics;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.App.Tests.WebAnalytics;

public sealed class UserSessionsTests : IAsyncDisposable
{
    private const string Visitor = "10.0.0.1";
    private static readonly DateTimeOffset Eleven = new(2026, 3, 1, 11, 0, 0, TimeSpan.Zero);

    private readonly StatefulApp _app = new(UserSessions.Processor);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Run_Visit_HasPagesDurationEntryAndExit()
    {
        await _app.RunAsync(View("/", 0), View("/cart", 60), View("/", 90), View("/pay", 90));

        Assert.Equal(
            [(
                """{"key":"10.0.0.1","start":"2026-03-01T11:00:00.000Z","end":"2026-03-01T11:01:30.000Z"}""",
                """{"visitor":"10.0.0.1","start":"2026-03-01T11:00:00+00:00","end":"2026-03-01T11:01:30+00:00","durationSeconds":90,"views":4,"entryPage":"/","exitPage":"/pay","pages":["/","/cart","/pay"]}""")],
            _app.Published());
    }

    /// <summary>It would be left out of the visit's state, which then could not be read again.</summary>
    [Fact]
    public void PageVisit_PathIsNull_IsRefused() =>
        Assert.Throws<SerializationException>(() => Serdes.Json(AppJson.Wire.PageVisit).Deserialize("""{"path":null,"time":"2026-03-01T11:00:00Z"}"""u8.ToArray()));

    [Theory]
    [InlineData(1800, 1)]
    [InlineData(1801, 2)]
    public async Task Run_HalfAnHourWithoutAView_EndsTheVisit(int seconds, int sessions)
    {
        await _app.RunAsync(View("/", 0), View("/", seconds));

        Assert.Equal(sessions, _app.Table().Count);
    }

    [Fact]
    public async Task Run_ViewsOutOfOrder_AreOrderedByTheirTime()
    {
        await _app.RunAsync(View("/exit", 60), View("/entry", 0), View("/between", 30));

        var session = Assert.Single(_app.Table().Values);
        Assert.Equal(("/entry", "/exit"), (session.GetProperty("entryPage").GetString(), session.GetProperty("exitPage").GetString()));
        Assert.Equal(["/entry", "/between", "/exit"], session.GetProperty("pages").EnumerateArray().Select(page => page.GetString()));
    }

    [Fact]
    public async Task Run_ViewBetweenTwoVisits_MakesThemOneAndTakesThemBack()
    {
        await _app.RunAsync(View("/first", 0), View("/last", 3_000));
        Assert.Equal(2, _app.Table().Count);

        await _app.RunAsync(View("/between", 1_500));

        var published = _app.Published();
        Assert.Equal([null, null], published[2..4].Select(update => update.Value));
        Assert.Equal(published[..2].Select(update => update.Key).Order(StringComparer.Ordinal), published[2..4].Select(update => update.Key).Order(StringComparer.Ordinal));
        var session = Assert.Single(_app.Table().Values);
        Assert.Equal(("/first", "/last", 3, 3_000), (session.GetProperty("entryPage").GetString(), session.GetProperty("exitPage").GetString(), session.GetProperty("views").GetInt32(), session.GetProperty("durationSeconds").GetInt32()));
    }

    [Fact]
    public async Task Run_RecordsOfAnotherTime_GoByThatOfTheRequest()
    {
        var (key, value, _) = View("/", 0);

        await _app.RunAsync((key, value, 5));

        Assert.Contains("2026-03-01T11:00:00", Assert.Single(_app.Published()).Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoPageView_IsPoison()
    {
        await _app.RunAsync((Visitor, """{"path":"/"}""", 0), (Visitor, """{"path":"/","time":"2026-03-01T11:00:00"}""", 0), (Visitor, null, 0));

        Assert.Equal(3, _app.DeadLetters.Count);
    }

    [Fact]
    public void With_VisitsCutIntoTrails_IsTheTrailOfAll() =>
        Gen.Select(Gen.Int[0, 130].Array[1, 300], Gen.Int[0, 300]).Sample((pages, cut) =>
        {
            // A second between two of them, so that their order does not depend on how they came.
            var visits = pages.Select((page, i) => new PageVisit { Path = $"/{page}", Time = Eleven.AddSeconds(i) }).ToList();
            cut = Math.Min(cut, visits.Count);
            var (earlier, later) = (TrailOf(visits.Take(cut).Reverse()), TrailOf(visits.Skip(cut)));

            foreach (var trail in new[] { TrailOf(visits), TrailOf(Enumerable.Reverse(visits)), earlier.With(later), later.With(earlier) })
            {
                Assert.Equal((visits.Count, visits[0], visits[^1]), ((int)trail.Views, trail.Entry, trail.Exit));
                Assert.Equal(visits.DistinctBy(visit => visit.Path).Take(PageTrail.MaxPages), trail.Pages);
            }
        });

    private static PageTrail TrailOf(IEnumerable<PageVisit> visits) => visits.Aggregate(PageTrail.Empty, (trail, visit) => trail.With(visit));

    private static (string?, string?, long) View(string path, int seconds)
    {
        var time = Eleven.AddSeconds(seconds);
        return (Visitor, JsonSerializer.Serialize(new PageView { Host = Visitor, Path = path, Time = time, Status = 200, Bytes = 1, IsBot = false }, AppJson.Wire.PageView), time.ToUnixTimeMilliseconds());
    }
}
