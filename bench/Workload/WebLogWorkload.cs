using System.Globalization;
using System.Text;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Workload;

/// <summary>Lines of access logs, Common and Combined, in several time zones; about one in a hundred is malformed. Keyed by the
/// client's address. Event times and timestamps are distinct, and far in the past.</summary>
internal sealed class WebLogWorkload(int seed) : IWorkload
{
    private const int Clients = 5000;

    /// <summary>2024-01-01: older than any broker's usual retention.</summary>
    private const long FirstEventTime = 1_704_067_200;

    private static readonly int[] Statuses = [200, 200, 200, 200, 301, 304, 404, 200, 500, 503];
    private static readonly int[] ZoneMinutes = [0, 120, -300, 330];
    private static readonly string[] Bots =
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    ];

    private static readonly string[] Browsers =
    [
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
    ];

    public string Topic => Pipeline.Parse.Topic;

    public WebLogEntry Describe(int id)
    {
        var draw = Draw(id);
        var bot = draw.Combined && draw.Bot;
        var destination = draw.Status >= 500 ? Pipeline.Errors : bot ? Pipeline.Bots : Pipeline.Clean;
        return new WebLogEntry(draw.Malformed, (FirstEventTime + id) * 1000, draw.Status, bot, destination);
    }

    /// <summary>The client's address.</summary>
    public byte[] CreateKey(int id) => Encoding.ASCII.GetBytes(ClientOf(Draw(id)));

    public OutputRecord Create(int id) => new(CreateKey(id), Encoding.UTF8.GetBytes(CreateLine(id)))
    {
        // The record was written a little after the event: what comes out must carry the time in the line.
        Timestamp = ((FirstEventTime + id) * 1000) + 250 + (id % 700),
        Headers = Marks.CreateHeaders(id),
    };

    /// <summary>The line alone.</summary>
    public string CreateLine(int id)
    {
        var draw = Draw(id);
        var zone = TimeSpan.FromMinutes(ZoneMinutes[draw.Zone]);
        var time = DateTimeOffset.FromUnixTimeSeconds(FirstEventTime + id).ToOffset(zone);
        var offset = $"{(zone < TimeSpan.Zero ? '-' : '+')}{zone:hhmm}";
        var stamp = time.ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture);
        var path = $"/shop/{Marks.CreateValueMark(id)}/item?page={draw.Bytes % 10}";
        var line = $"{ClientOf(draw)} - - [{stamp} {offset}] \"GET {path} HTTP/1.1\" {draw.Status} {draw.Bytes}";
        if (draw.Combined)
        {
            line += $" \"https://example.org/start\" \"{(draw.Bot ? Bots : Browsers)[draw.Agent]}\"";
        }

        return draw.Malformed ? Spoil(line, id, draw.Agent) : line;
    }

    public int FindId(in InputRecord record) => Marks.FindInValue(record.Value);

    private static string ClientOf(LineDraw draw) => $"10.{draw.Client / 250}.{draw.Client % 250}.7";

    private static string Spoil(string line, int id, int how) => how switch
    {
        0 => line[..line.IndexOf(']', StringComparison.Ordinal)] + " " + Marks.CreateValueMark(id),
        _ => line.Replace(" HTTP/1.1\"", " HTTP/1.1\" what", StringComparison.Ordinal),
    };

    private LineDraw Draw(int id)
    {
        var dice = new Dice(seed, id);
        return new LineDraw(
            Malformed: dice.Roll(100) == 0,
            Client: Math.Min(dice.Roll(Clients), dice.Roll(Clients)),
            Status: Statuses[dice.Roll(Statuses.Length)],
            Bytes: dice.Roll(100_000),
            Zone: dice.Roll(ZoneMinutes.Length),
            Combined: dice.Roll(5) > 0,
            Bot: dice.Roll(6) == 0,
            Agent: dice.Roll(2));
    }

    private readonly record struct LineDraw(
        bool Malformed, int Client, int Status, int Bytes, int Zone, bool Combined, bool Bot, int Agent);
}
