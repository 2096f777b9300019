using System.Buffers;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Reads lines of the Common and the Combined Log Format as Apache and nginx write them.</summary>
/// <remarks>
/// <c>host ident user [day/Mon/year:hour:minute:second ±zone] "request" status bytes</c>, and for Combined
/// <c>"referrer" "agent"</c>. Fields that a server's own format adds behind these (each a quoted text or a number) are read over.
/// </remarks>
internal ref struct AccessLogParser
{
    private const byte Quote = (byte)'"';
    private const byte Space = (byte)' ';

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789.-"u8);

    private readonly ReadOnlySpan<byte> _line;
    private int _at;

    private AccessLogParser(ReadOnlySpan<byte> line) => _line = line;

    /// <summary>Reads one line.</summary>
    /// <param name="line">The line in UTF-8, with or without its line end. Bytes that are not UTF-8 become U+FFFD.</param>
    /// <exception cref="LogLineFormatException">The line is of neither format.</exception>
    public static PageView Parse(ReadOnlySpan<byte> line) => new AccessLogParser(WithoutLineEnd(line)).Read();

    private static ReadOnlySpan<byte> WithoutLineEnd(ReadOnlySpan<byte> line)
    {
        line = line is [.., (byte)'\n'] ? line[..^1] : line;
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private PageView Read()
    {
        var host = Token("the client's address or name");
        Expect(Space, "a space after the client's address");
        Token("the identity of the client's user, or '-'");
        Expect(Space, "a space after the identity");
        var user = User();
        var time = Time();
        Expect(Space, "a space after the time");
        var request = RequestLine.Parse(Quoted("the request line in quotes") ?? "");
        Expect(Space, "a space after the request line");
        var status = Status();
        Expect(Space, "a space after the status");
        var bytes = Bytes();

        string? referrer = null;
        string? userAgent = null;
        if (!AtEnd)
        {
            Expect(Space, "a space or the line's end after the number of bytes");
            referrer = Quoted("the referrer in quotes");
            Expect(Space, "a space after the referrer");
            userAgent = Quoted("the user agent in quotes");
            FurtherFields();
        }

        return new PageView
        {
            Host = LogText.Decode(host),
            User = user,
            Time = time,
            Method = request.Method,
            Path = request.Path,
            Query = request.Query,
            Protocol = request.Protocol,
            Status = status,
            Bytes = bytes,
            Referrer = referrer,
            UserAgent = userAgent,
            IsBot = UserAgents.IsBot(userAgent),
        };
    }

    private readonly bool AtEnd => _at == _line.Length;

    private readonly ReadOnlySpan<byte> Rest => _line[_at..];

    private static LogLineFormatException Expected(string what, int at) => new(at + 1, what);

    private void Expect(byte expected, string what)
    {
        if (AtEnd || _line[_at] != expected)
        {
            throw Expected(what, _at);
        }

        _at++;
    }

    private ReadOnlySpan<byte> Token(string what)
    {
        var length = Rest.IndexOfAnyInRange((byte)0, Space);
        var token = length < 0 ? Rest : Rest[..length];
        if (token.IsEmpty || token[0] is Quote or (byte)'[')
        {
            throw Expected(what, _at);
        }

        _at += token.Length;
        return token;
    }

    // Servers do not escape spaces in a user's name, so it reaches up to the time.
    private string? User()
    {
        var length = Rest.IndexOf(" ["u8);
        if (length <= 0)
        {
            Token("the user's name, or '-'");
            throw Expected("' [' and the time after the user's name", _at);
        }

        var user = Rest[..length];
        _at += length + 1;
        return user is [(byte)'-'] or [Quote, Quote] ? null : LogText.Decode(user);
    }

    private DateTimeOffset Time()
    {
        Expect((byte)'[', "'[' before the time");
        if (!LogTime.TryRead(Rest, out var time, out var length, out var expected))
        {
            throw Expected(expected, _at + length);
        }

        _at += length;
        Expect((byte)']', "']' after the time");
        return time;
    }

    /// <summary>The text between quotes, unescaped; null where the server had nothing to write ("-").</summary>
    private string? Quoted(string what)
    {
        Expect(Quote, what);
        var start = _at;
        while (true)
        {
            var next = Rest.IndexOfAny(Quote, LogText.Escape);
            if (next < 0)
            {
                throw Expected("a closing quote", _line.Length);
            }

            _at += next;
            if (_line[_at] == Quote)
            {
                break;
            }

            // The byte behind a backslash never closes the text. A backslash that ends the line escapes nothing.
            _at = Math.Min(_at + 2, _line.Length);
        }

        var text = _line[start.._at];
        _at++;
        return text is [(byte)'-'] ? null : LogText.Decode(text);
    }

    private int Status()
    {
        if (Rest is [(byte)'-', ..])
        {
            _at++;
            return 0;
        }

        var status = 0;
        for (var end = _at + 3; _at < end; _at++)
        {
            status = (status * 10) + Digit("a status of three digits, or '-'");
        }

        return status;
    }

    private long Bytes()
    {
        const string What = "the number of bytes, or '-'";
        if (Rest is [(byte)'-', ..])
        {
            _at++;
            return 0;
        }

        var start = _at;
        long bytes = Digit(What);
        for (_at++; !AtEnd && char.IsAsciiDigit((char)_line[_at]); _at++)
        {
            var digit = _line[_at] - '0';
            if (bytes > (long.MaxValue - digit) / 10)
            {
                throw Expected("a number of bytes below 2^63", start);
            }

            bytes = (bytes * 10) + digit;
        }

        return bytes;
    }

    private readonly int Digit(string what) =>
        !AtEnd && char.IsAsciiDigit((char)_line[_at]) ? _line[_at] - '0' : throw Expected(what, _at);

    private void FurtherFields()
    {
        const string What = "the line's end, or a space and a further field (a quoted text, a number or '-')";
        while (!AtEnd)
        {
            Expect(Space, What);
            if (Rest is [Quote, ..])
            {
                Quoted(What);
                continue;
            }

            var length = Rest.IndexOfAnyExcept(NumberBytes);
            length = length < 0 ? Rest.Length : length;
            if (length == 0)
            {
                throw Expected(What, _at);
            }

            _at += length;
        }
    }
}
