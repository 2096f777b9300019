using System.Buffers;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Tells programs from people by what they call themselves.</summary>
internal static class UserAgents
{
    // "bot" alone would take the phones of the maker Cubot for crawlers.
    private static readonly SearchValues<string> BotMarks = SearchValues.Create(
        [
            "bot/", "bot-", "bot;", "bot)", "bot (", "robot", "crawl", "spider", "slurp", "mediapartners", "archiver", "+http",
            "facebookexternalhit", "bingpreview", "headless", "lighthouse", "pingdom", "monitor", "scrapy", "feedfetcher",
            "curl/", "wget/", "python-", "python/", "aiohttp/", "go-http-client", "java/", "okhttp/", "apache-httpclient",
            "libwww-perl", "ruby", "axios/", "node-fetch", "postmanruntime", "zgrab", "masscan", "nmap", "nikto",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a user agent names itself a crawler, a monitor or a program's HTTP library. An absent one does not.</summary>
    public static bool IsBot(string? userAgent) =>
        userAgent is not null
        && (userAgent.AsSpan().ContainsAny(BotMarks) || userAgent.EndsWith("bot", StringComparison.OrdinalIgnoreCase));
}
