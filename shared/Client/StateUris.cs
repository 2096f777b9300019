using System.Globalization;
using System.Text;

namespace KafkaFunctions.Client;

/// <summary>Where queries go.</summary>
internal static class StateUris
{
    /// <summary>The address of the app's HTTP functions, with a slash at its end: relative addresses would lose what follows the last one.</summary>
    public static Uri BaseOf(Uri address)
    {
        var text = address.GetLeftPart(UriPartial.Path);
        return new Uri(text.EndsWith('/') ? text : text + "/");
    }

    // The key is a parameter: servers on the way change what looks special in a path.
    public static string OfKey(string store, string key, bool isBase64) =>
        $"state/{Uri.EscapeDataString(store)}?key={Uri.EscapeDataString(key)}{(isBase64 ? "&encoding=base64" : "")}";

    public static string OfWindow(string store, string key, DateTimeOffset start) => $"{OfKey(store, key, isBase64: false)}&window={TextOf(start)}";

    public static string OfWindows(string store, string key, DateTimeOffset? from, DateTimeOffset? to, string? continuation)
    {
        var uri = new StringBuilder(OfKey(store, key, isBase64: false));
        uri.Append(from is { } first ? $"&from={TextOf(first)}" : "");
        uri.Append(to is { } last ? $"&to={TextOf(last)}" : "");
        uri.Append(continuation is null ? "" : $"&continuation={Uri.EscapeDataString(continuation)}");
        return uri.ToString();
    }

    private static string TextOf(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    public static string OfPage(string store, StateKeys keys, string? continuation)
    {
        var uri = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"state/{Uri.EscapeDataString(store)}?limit={keys.PageSize}"));
        Add("prefix", keys.Prefix);
        Add("from", keys.From);
        Add("to", keys.To);
        Add("continuation", continuation);
        return uri.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                uri.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }
    }
}
