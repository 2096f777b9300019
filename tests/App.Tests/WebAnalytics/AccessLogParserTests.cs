using System.Text;
using CsCheck;
using KafkaFunctions.App.WebAnalytics;

namespace KafkaFunctions.App.Tests.WebAnalytics;

public sealed class AccessLogParserTests
{
    private const string Start = "127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] ";
    private const string Common = Start + "\"GET /apache_pb.gif HTTP/1.0\" 200 2326";
    private const string Combined = Common + " \"http://www.example.com/start.html\" \"Mozilla/4.08 [en] (Win98; I ;Nav)\"";

    private static readonly Gen<string> Text = Gen.Frequency(
            (8, Gen.Char["abcXYZ019/._-()[]:;=&'<>"]), (1, Gen.Char["\"\\ "]), (1, Gen.Char["\t\n\r\b\0\u007f\u0001é€߷"]))
        .Array[1, 30].Select(chars => new string(chars)).Where(text => text != "-");

    private static readonly Gen<string> Word = Gen.Char["abcXYZ019.:%_éü"].Array[1, 20].Select(chars => new string(chars));

    private static readonly Gen<DateTimeOffset> Time = Gen.Select(
        Gen.Long[86_400, 253_000_000_000], Gen.Int[-14 * 60, 14 * 60],
        (seconds, zone) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToOffset(TimeSpan.FromMinutes(zone)));

    private static readonly Gen<PageView> View =
        from host in Word
        from user in Gen.Null(Word)
        from time in Time
        from method in OneOf("GET", "POST", "M-SEARCH", "propfind")
        from path in Text.Select(text => "/" + text.Replace("?", "").Trim())
        from query in Gen.Null(Text.Select(text => text.Trim(' ')))
        from protocol in OneOf("HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/3.0")
        from status in Gen.Int[0, 999]
        from bytes in Gen.Frequency((3, Gen.Long[0, 100_000]), (1, Gen.Long[0, long.MaxValue]))
        from referrer in Gen.Null(Text)
        from agent in Gen.Null(Text)
        select new PageView
        {
            Host = host,
            User = user,
            Time = time,
            Method = method,
            Path = path,
            Query = query,
            Protocol = protocol,
            Status = status,
            Bytes = bytes,
            Referrer = referrer,
            UserAgent = agent,
            IsBot = UserAgents.IsBot(agent),
        };

    [Fact]
    public void Parse_CombinedLine_ReadsEveryField() =>
        Assert.Equal(
            new PageView
            {
                Host = "127.0.0.1",
                User = "frank",
                Time = new DateTimeOffset(2000, 10, 10, 13, 55, 36, TimeSpan.FromHours(-7)),
                Method = "GET",
                Path = "/apache_pb.gif",
                Protocol = "HTTP/1.0",
                Status = 200,
                Bytes = 2326,
                Referrer = "http://www.example.com/start.html",
                UserAgent = "Mozilla/4.08 [en] (Win98; I ;Nav)",
                IsBot = false,
            },
            Parse(Combined));

    [Fact]
    public void Parse_CommonLine_HasNeitherReferrerNorAgent()
    {
        var view = Parse(Common);

        Assert.Null(view.Referrer);
        Assert.Null(view.UserAgent);
        Assert.Equal(200, view.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData(" \"-\"")]
    [InlineData(" 0.004 1203 -")]
    [InlineData(" \"203.0.113.7, 10.0.0.1\" 12")]
    public void Parse_LineEndOrFurtherFields_IsTheSame(string end) => Assert.Equal(Parse(Combined), Parse(Combined + end));

    [Theory]
    [InlineData("::1")]
    [InlineData("2001:db8::8a2e:370:7334")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("host-1.example.org")]
    [InlineData("unix:")]
    [InlineData("-")]
    public void Parse_AnyHost_IsKept(string host) => Assert.Equal(host, Parse(host + Combined[9..]).Host);

    [Theory]
    [InlineData("-", null)]
    [InlineData("\"\"", null)]
    [InlineData("john smith", "john smith")]
    [InlineData("a\\\"b", "a\"b")]
    [InlineData("bj\\xc3\\xb8rn", "bjørn")]
    public void Parse_AnyUser_IsRead(string user, string? expected) =>
        Assert.Equal(expected, Parse(Combined.Replace("frank", user, StringComparison.Ordinal)).User);

    [Theory]
    [InlineData("-", null, null, null, null)]
    [InlineData("", null, null, null, null)]
    [InlineData("GET /", "GET", "/", null, null)]
    [InlineData("GET", "GET", null, null, null)]
    [InlineData("GET  HTTP/1.1", "GET", null, null, "HTTP/1.1")]
    [InlineData("HTTP/1.1", null, null, null, "HTTP/1.1")]
    [InlineData("/index.html", null, "/index.html", null, null)]
    [InlineData("OPTIONS * HTTP/1.0", "OPTIONS", "*", null, "HTTP/1.0")]
    [InlineData("CONNECT example.com:443 HTTP/1.1", "CONNECT", "example.com:443", null, "HTTP/1.1")]
    [InlineData("GET http://example.com/a?b=c HTTP/1.1", "GET", "http://example.com/a", "b=c", "HTTP/1.1")]
    [InlineData("GET /a?b?c HTTP/1.1", "GET", "/a", "b?c", "HTTP/1.1")]
    [InlineData("GET /a? HTTP/1.1", "GET", "/a", "", "HTTP/1.1")]
    [InlineData("GET /with a space HTTP/1.1", "GET", "/with a space", null, "HTTP/1.1")]
    [InlineData("GET /q?s=\\\"x\\\" HTTP/2.0", "GET", "/q", "s=\"x\"", "HTTP/2.0")]
    [InlineData("\\x16\\x03\\x01", null, "\u0016\u0003\u0001", null, null)]
    [InlineData("\\x00\\xff", null, "\0\ufffd", null, null)]
    [InlineData("t3 12.2.1", null, "t3 12.2.1", null, null)]
    [InlineData("M-SEARCH * HTTP/1.1", "M-SEARCH", "*", null, "HTTP/1.1")]
    public void Parse_AnyRequestLine_IsTakenApart(string line, string? method, string? path, string? query, string? protocol)
    {
        var view = Parse($"{Start}\"{line}\" 400 226 \"-\" \"-\"");

        Assert.Equal((method, path, query, protocol), (view.Method, view.Path, view.Query, view.Protocol));
    }

    [Theory]
    [InlineData("\\\"quoted\\\"", "\"quoted\"")]
    [InlineData("back\\\\slash", "back\\slash")]
    [InlineData("back\\\\", "back\\")]
    [InlineData("\\t\\n\\r\\b\\v", "\t\n\r\b\v")]
    [InlineData("\\xE2\\x82\\xac", "€")]
    [InlineData("€ and 日本", "€ and 日本")]
    [InlineData("\\q \\x4 \\xzz", "\\q \\x4 \\xzz")]
    [InlineData("", "")]
    [InlineData("-", null)]
    [InlineData("--", "--")]
    public void Parse_AnyAgent_IsUnescaped(string agent, string? expected) =>
        Assert.Equal(expected, Parse($"{Common} \"-\" \"{agent}\"").UserAgent);

    [Fact]
    public void Parse_LongEscapedAgent_IsUnescaped() =>
        Assert.Equal(new string('"', 5000), Parse($"{Common} \"-\" \"{string.Concat(Enumerable.Repeat("\\\"", 5000))}\"").UserAgent);

    [Fact]
    public void Parse_BytesThatAreNotUtf8_AreReplaced()
    {
        byte[] line = [.. Encoding.ASCII.GetBytes(Common + " \"-\" \"caf"), 0xe9, (byte)'"'];

        Assert.Equal("caf\ufffd", AccessLogParser.Parse(line).UserAgent);
    }

    [Theory]
    [InlineData("10/Oct/2000:13:55:36 -0700", "2000-10-10T20:55:36Z")]
    [InlineData("01/Jan/1970:00:00:00 +0000", "1970-01-01T00:00:00Z")]
    [InlineData("29/Feb/2024:23:59:59 +1400", "2024-02-29T09:59:59Z")]
    [InlineData("31/Dec/2016:23:59:60 +0000", "2017-01-01T00:00:00Z")]
    [InlineData("31/Dec/9998:23:59:60 -1400", "9999-01-01T14:00:00Z")]
    [InlineData("17/May/2015:10:05:03 +0545", "2015-05-17T04:20:03Z")]
    public void Parse_AnyTime_IsRead(string time, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected), Parse(Combined.Replace("10/Oct/2000:13:55:36 -0700", time, StringComparison.Ordinal)).Time);

    [Theory]
    [InlineData("200 2326", 200, 2326)]
    [InlineData("304 -", 304, 0)]
    [InlineData("499 0", 499, 0)]
    [InlineData("000 0", 0, 0)]
    [InlineData("- -", 0, 0)]
    [InlineData("206 9223372036854775807", 206, long.MaxValue)]
    public void Parse_AnyStatusAndSize_IsRead(string numbers, int status, long bytes)
    {
        var view = Parse(Start + "\"-\" " + numbers);

        Assert.Equal((status, bytes), (view.Status, view.Bytes));
    }

    // The mark '¦' stands before the place where reading stops.
    [Theory]
    [InlineData("¦")]
    [InlineData("¦ ")]
    [InlineData("¦[error] something else")]
    [InlineData("¦\"GET /\"")]
    [InlineData("127.0.0.1¦")]
    [InlineData("127.0.0.1 ¦")]
    [InlineData("127.0.0.1 -¦")]
    [InlineData("127.0.0.1¦\t-")]
    [InlineData("127.0.0.1 - ¦")]
    [InlineData("127.0.0.1 - ¦[10/Oct/2000:13:55:36 -0700]")]
    [InlineData("127.0.0.1 - frank¦")]
    [InlineData("127.0.0.1 - frank¦ {10/Oct/2000")]
    [InlineData("127.0.0.1 - - [¦")]
    [InlineData("127.0.0.1 - - [1¦/Oct/2000")]
    [InlineData("127.0.0.1 - - [¦00/Oct/2000")]
    [InlineData("127.0.0.1 - - [¦32/Oct/2000")]
    [InlineData("127.0.0.1 - - [¦31/Feb/2000:13:55:36 -0700] \"")]
    [InlineData("127.0.0.1 - - [10¦-Oct-2000")]
    [InlineData("127.0.0.1 - - [10/¦oct/2000")]
    [InlineData("127.0.0.1 - - [10/¦10/2000")]
    [InlineData("127.0.0.1 - - [10/¦Oc")]
    [InlineData("127.0.0.1 - - [10/Oct¦ 2000")]
    [InlineData("127.0.0.1 - - [10/Oct/¦1969:")]
    [InlineData("127.0.0.1 - - [10/Oct/¦9999:")]
    [InlineData("127.0.0.1 - - [10/Oct/200¦:")]
    [InlineData("127.0.0.1 - - [10/Oct/2000¦ 13")]
    [InlineData("127.0.0.1 - - [10/Oct/2000:¦24:")]
    [InlineData("127.0.0.1 - - [10/Oct/2000:13¦.")]
    [InlineData("127.0.0.1 - - [10/Oct/2000:13:¦60:")]
    [InlineData("127.0.0.1 - - [10/Oct/2000:13:55¦]")]
    [InlineData("127.0.0.1 - - [10/Oct/2000:13:55:¦61 ")]
    [InlineData("127.0.0.1 - - [10/Oct/2000:13:55:36¦]")]
    [InlineData("127.0.0.1 - - [10/Oct/2000:13:55:36 ¦0700]")]
    [InlineData("127.0.0.1 - - [10/Oct/2000:13:55:36 -¦15")]
    [InlineData("127.0.0.1 - - [10/Oct/2000:13:55:36 -07¦60]")]
    [InlineData("127.0.0.1 - - [10/Oct/2000:13:55:36 +14¦01]")]
    [InlineData("127.0.0.1 - - [10/Oct/2000:13:55:36 -0700¦ ")]
    [InlineData("127.0.0.1 - - [¦01/Jan/1970:00:00:00 +0100] ")]
    [InlineData(Start + "¦")]
    [InlineData(Start + "¦GET / HTTP/1.0")]
    [InlineData(Start + "\"GET / HTTP/1.0¦")]
    [InlineData(Start + "\"GET / HTTP/1.0\\\"¦")]
    [InlineData(Start + "\"GET / HTTP/1.0\\¦")]
    [InlineData(Start + "\"GET / HTTP/1.0\"¦200")]
    [InlineData(Start + "\"GET /\"¦quoted\" HTTP/1.0\" 200 1")]
    [InlineData(Start + "\"-\" ¦")]
    [InlineData(Start + "\"-\" ¦x00 1")]
    [InlineData(Start + "\"-\" 20¦ 1")]
    [InlineData(Start + "\"-\" 200¦0 1")]
    [InlineData(Start + "\"-\" 200 ¦")]
    [InlineData(Start + "\"-\" 200 -¦1")]
    [InlineData(Start + "\"-\" 200 ¦9223372036854775808")]
    [InlineData(Start + "\"-\" 200 12¦kB")]
    [InlineData(Common + " ¦")]
    [InlineData(Common + " ¦curl")]
    [InlineData(Common + " \"-¦")]
    [InlineData(Common + " \"-\"¦")]
    [InlineData(Common + " \"-\" ¦-")]
    [InlineData(Common + " \"-\" \"curl¦")]
    [InlineData(Combined + "¦" + Combined)]
    [InlineData(Combined + " ¦")]
    [InlineData(Combined + " ¦garbage")]
    [InlineData(Combined + " 12¦ms")]
    [InlineData(Combined + " \"open¦")]
    public void Parse_MalformedLine_TellsTheColumn(string marked)
    {
        var column = marked.IndexOf('¦', StringComparison.Ordinal) + 1;

        var error = Assert.Throws<LogLineFormatException>(() => Parse(marked.Replace("¦", "", StringComparison.Ordinal)));

        Assert.Equal(column, error.Column);
        Assert.Contains($"column {column}: expected {error.Expected}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NonAsciiBeforeTheError_CountsBytes() =>
        Assert.Equal(8, Assert.Throws<LogLineFormatException>(() => Parse("€€ ")).Column);

    [Fact]
    public void Parse_FormattedView_IsTheView() =>
        View.Sample(view => Assert.Equal(view, AccessLogParser.Parse(AccessLogFormatter.Format(view))), iter: 3000);

    [Fact]
    public void Parse_AnyPrefixOfALine_IsAViewOrAColumnInIt()
    {
        for (var length = 0; length <= Combined.Length; length++)
        {
            ParseOrCheckColumn(Encoding.ASCII.GetBytes(Combined[..length]));
        }
    }

    [Fact]
    public void Parse_AnyBytes_IsAViewOrAColumnInThem() =>
        Gen.Byte.Array[0, 200].Sample(ParseOrCheckColumn, iter: 5000);

    [Fact]
    public void Parse_MutatedLine_IsAViewOrAColumnInIt() =>
        Gen.Select(View, Gen.Select(Gen.Int[0, int.MaxValue], Gen.OneOf(Gen.Byte, Gen.Char["\"\\[] -:/\n"].Select(c => (byte)c)), Gen.Int[0, 2]).Array[1, 4])
            .Sample(
                (view, edits) =>
                {
                    var line = AccessLogFormatter.Format(view).ToList();
                    foreach (var (at, value, kind) in edits)
                    {
                        var index = at % line.Count;
                        line.RemoveRange(index, kind == 0 ? 0 : 1);
                        line.InsertRange(index, kind == 2 ? [] : [value]);
                    }

                    ParseOrCheckColumn([.. line]);
                },
                iter: 5000);

    private static void ParseOrCheckColumn(byte[] line)
    {
        try
        {
            Assert.NotNull(AccessLogParser.Parse(line));
        }
        catch (LogLineFormatException exception)
        {
            Assert.InRange(exception.Column, 1, line.Length + 1);
        }
    }

    private static PageView Parse(string line) => AccessLogParser.Parse(Encoding.UTF8.GetBytes(line));

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
