using System.Globalization;
using System.Text;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Writes lines of the Combined Log Format as Apache does.</summary>
internal static class AccessLogFormatter
{
    /// <summary>The line, in ASCII, without a line end.</summary>
    public static byte[] Format(PageView view)
    {
        var line = new StringBuilder(256);
        line.Append(view.Host).Append(" - ");
        AppendEscaped(line, view.User ?? "-");
        line.Append(CultureInfo.InvariantCulture, $" [{view.Time:dd'/'MMM'/'yyyy':'HH':'mm':'ss} {Zone(view.Time.Offset)}] \"");
        AppendEscaped(line, RequestLineOf(view));
        line.Append("\" ");
        line.Append(view.Status == 0 ? "-" : view.Status.ToString("D3", CultureInfo.InvariantCulture)).Append(' ');
        line.Append(view.Bytes == 0 ? "-" : view.Bytes.ToString(CultureInfo.InvariantCulture)).Append(" \"");
        AppendEscaped(line, view.Referrer ?? "-");
        line.Append("\" \"");
        AppendEscaped(line, view.UserAgent ?? "-");
        line.Append('"');
        return Encoding.UTF8.GetBytes(line.ToString());
    }

    private static string Zone(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);

    private static string RequestLineOf(PageView view)
    {
        var target = view.Query is null ? view.Path : $"{view.Path}?{view.Query}";
        var line = string.Join(' ', new[] { view.Method, target, view.Protocol }.Where(part => part is not null));
        return line.Length == 0 ? "-" : line;
    }

    private static void AppendEscaped(StringBuilder line, string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') && text.AsSpan().IndexOfAny('"', '\\') < 0)
        {
            line.Append(text);
            return;
        }

        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            _ = value switch
            {
                (byte)'"' or (byte)'\\' => line.Append('\\').Append((char)value),
                >= (byte)' ' and <= (byte)'~' => line.Append((char)value),
                _ => line.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}"),
            };
        }
    }
}
