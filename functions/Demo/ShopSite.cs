using System.Globalization;

namespace KafkaFunctions.App.Demo;

/// <summary>The site whose log is made up: its pages and the ways between them.</summary>
internal static class ShopSite
{
    /// <summary>Where it is.</summary>
    public const string Origin = "https://shop.example";

    private const int Products = 400;

    private static readonly string[] Categories = ["shoes", "jackets", "tents", "lamps", "bikes", "books"];
    private static readonly string[] Searches = ["tent", "rain+jacket", "winter%20boots", "caf%C3%A9+racer", "lamp&sort=price"];
    private static readonly string[] Assets = ["/css/site.css", "/js/app.js", "/img/logo.svg", "/favicon.ico"];

    /// <summary>A page that a visit may begin with.</summary>
    public static string Entry(Random random) => random.Next(10) switch
    {
        < 4 => "/",
        < 7 => Product(random),
        < 9 => Category(random),
        _ => Search(random),
    };

    /// <summary>The page that a visitor looks at after another; null where the visit ends.</summary>
    public static string? After(string page, Random random) => page switch
    {
        "/checkout" => "/checkout/thanks",
        "/checkout/thanks" => null,
        "/cart" => random.Next(3) == 0 ? "/checkout" : Product(random),
        _ => random.Next(20) switch
        {
            < 3 => null,
            < 9 => Product(random),
            < 13 => Category(random),
            < 15 => Search(random),
            < 17 => page.StartsWith("/product/", StringComparison.Ordinal) ? "/cart" : Product(random),
            < 19 => Assets[random.Next(Assets.Length)],
            _ => "/",
        },
    };

    /// <summary>Whether a request to the page changes something.</summary>
    public static string MethodOf(string page) => page is "/checkout" or "/checkout/thanks" ? "POST" : "GET";

    /// <summary>A page as a crawler walks them.</summary>
    public static string Crawled(Random random) => random.Next(12) switch
    {
        0 => "/robots.txt",
        1 => "/sitemap.xml",
        < 9 => Product(random),
        _ => Category(random),
    };

    private static string Product(Random random) =>
        string.Create(CultureInfo.InvariantCulture, $"/product/{Popular(random, Products)}");

    private static string Category(Random random) =>
        $"/category/{Categories[Popular(random, Categories.Length)]}{(random.Next(3) == 0 ? "?page=2" : "")}";

    private static string Search(Random random) => $"/search?q={Searches[random.Next(Searches.Length)]}";

    // A few pages have most of the views.
    private static int Popular(Random random, int count)
    {
        var draw = random.NextDouble();
        return (int)(count * draw * draw * draw);
    }
}
