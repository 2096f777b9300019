using System.Diagnostics.CodeAnalysis;
using KafkaFunctions.App.WebAnalytics;

namespace KafkaFunctions.App.Demo;

/// <summary>Makes up the access log of a shop: visitors who walk from page to page, crawlers, failures and broken lines. The
/// same seed and times give the same lines. Not safe for concurrent use.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Made-up visitors keep no secrets, and the same seed has to give the same lines.")]
internal sealed class AccessLogGenerator
{
    private const int MaxVisitors = 200;
    private const double MalformedShare = 0.01;

    // Crawlers do not sleep: at night, when people do, their share is the larger.
    private const double BotsPerPerson = 0.15;

    private readonly Random _random;
    private readonly Visitor[] _bots;
    private readonly List<Visitor> _people = [];

    /// <summary>Creates a generator.</summary>
    /// <param name="seed">What the lines depend on, beside their times.</param>
    public AccessLogGenerator(int seed)
    {
        _random = new Random(seed);
        _bots = VisitorFactory.AllBots(_random);
    }

    /// <summary>The lines of a site from a time on, without end, as dense as the hour of the day has it.</summary>
    /// <param name="start">Time of the first line; its offset from UTC is the site's.</param>
    /// <param name="meanPerSecond">Lines per second in the mean of a day.</param>
    public IEnumerable<GeneratedLine> From(DateTimeOffset start, double meanPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(meanPerSecond);
        for (var time = start; ; time += TimeSpan.FromSeconds(-Math.Log(1 - _random.NextDouble()) / (meanPerSecond * Density(time))))
        {
            yield return Next(time);
        }
    }

    /// <summary>A line of a given time.</summary>
    public GeneratedLine Next(DateTimeOffset time)
    {
        var isBot = _random.NextDouble() * (TrafficRhythm.At(time) + BotsPerPerson) < BotsPerPerson;
        var (visitor, view) = isBot ? Crawl(time) : Visit(time);
        var line = AccessLogFormatter.Format(view);
        var isMalformed = _random.NextDouble() < MalformedShare;
        return new(visitor.Key, isMalformed ? LineBreaker.Break(line, _random) : line, time, isMalformed);
    }

    private static double Density(DateTimeOffset time) => (TrafficRhythm.At(time) + BotsPerPerson) / (1 + BotsPerPerson);

    private (Visitor Visitor, PageView View) Crawl(DateTimeOffset time)
    {
        var bot = _bots[_random.Next(_bots.Length)];
        return (bot, View(bot, time, ShopSite.Crawled(_random), referrer: null));
    }

    private (Visitor Visitor, PageView View) Visit(DateTimeOffset time)
    {
        var index = _random.Next(MaxVisitors);
        if (index >= _people.Count)
        {
            index = _people.Count;
            _people.Add(VisitorFactory.Person(_random));
        }

        var visitor = _people[index];
        var referrer = visitor.Page is null ? EntryReferrer() : ShopSite.Origin + visitor.Page;
        visitor.Page = visitor.Page is null ? ShopSite.Entry(_random) : ShopSite.After(visitor.Page, _random);
        if (visitor.Page is null)
        {
            _people[index] = visitor = VisitorFactory.Person(_random);
            visitor.Page = ShopSite.Entry(_random);
            referrer = EntryReferrer();
        }

        return (visitor, View(visitor, time, visitor.Page, referrer));
    }

    private string? EntryReferrer() => _random.Next(3) switch
    {
        0 => "https://www.google.com/",
        1 => "https://news.example/?utm=\"spring\"",
        _ => null,
    };

    private PageView View(Visitor visitor, DateTimeOffset time, string page, string? referrer)
    {
        var status = Status(page);
        var question = page.IndexOf('?', StringComparison.Ordinal);
        return new PageView
        {
            Host = visitor.Address,
            User = visitor.User,
            Time = time,
            Method = ShopSite.MethodOf(page),
            Path = question < 0 ? page : page[..question],
            Query = question < 0 ? null : page[(question + 1)..],
            Protocol = _random.Next(4) == 0 ? "HTTP/1.1" : "HTTP/2.0",
            Status = status,
            Bytes = status is 304 or 302 ? 0 : (long)Math.Exp(5 + (_random.NextDouble() * 6)),
            Referrer = referrer,
            UserAgent = visitor.UserAgent,
            IsBot = UserAgents.IsBot(visitor.UserAgent),
        };
    }

    private int Status(string page) => _random.Next(1000) switch
    {
        < 6 => 500,
        < 10 => 502,
        < 15 => 503,
        < 40 => 404,
        < 45 => 403,
        < 120 => 304,
        < 140 => 302,
        _ => page == "/checkout/thanks" ? 201 : 200,
    };
}
