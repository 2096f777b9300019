using System.Globalization;

namespace KafkaFunctions.App.Demo;

/// <summary>Makes visitors up.</summary>
internal static class VisitorFactory
{
    private static readonly string[] Browsers =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
    ];

    private static readonly string[] Bots =
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
        "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "curl/8.5.0",
        "python-requests/2.32.3",
    ];

    private static readonly string[] Names = ["anna", "bjørn", "carla", "deniz", "emil", "fatima"];

    /// <summary>Some crawlers and scripts, one of each kind.</summary>
    public static Visitor[] AllBots(Random random) => Array.ConvertAll(Bots, bot => new Visitor(IPv4(random, 66), bot));

    /// <summary>A person.</summary>
    public static Visitor Person(Random random) => new(
        random.Next(8) == 0 ? IPv6(random) : IPv4(random, random.Next(80, 220)),
        Browsers[random.Next(Browsers.Length)],
        random.Next(6) == 0 ? Names[random.Next(Names.Length)] : null);

    private static string IPv4(Random random, int first) =>
        string.Create(CultureInfo.InvariantCulture, $"{first}.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}");

    private static string IPv6(Random random) =>
        string.Create(CultureInfo.InvariantCulture, $"2001:db8:{random.Next(65536):x}:{random.Next(65536):x}::{random.Next(1, 65536):x}");
}
