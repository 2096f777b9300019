using KafkaFunctions.Streams.State.Queries;
using KafkaFunctions.Streams.Windows;
using Microsoft.AspNetCore.Http;

namespace KafkaFunctions.Worker.Queries;

/// <summary>Which windows of a key a query asks for.</summary>
internal static class WindowQuery
{
    public const string Window = "window";

    private const string From = "from";
    private const string To = "to";

    /// <summary>Start of the only window that is asked for; null for any.</summary>
    /// <exception cref="StateQueryException">It is no time.</exception>
    public static long? StartOf(IQueryCollection query) => TimeOf(query, Window);

    /// <exception cref="StateQueryException">A parameter is wrong, or the continuation is not of the key.</exception>
    public static WindowRequest RequestOf(IQueryCollection query, byte[] key, int defaultLimit, Func<string, int, int> limitOf)
    {
        var continuation = query["continuation"].ToString();
        return new WindowRequest
        {
            From = continuation.Length > 0 ? ContinuedAt(continuation, key) : TimeOf(query, From),
            To = TimeOf(query, To),
            Limit = limitOf(query["limit"].ToString(), defaultLimit),
        };
    }

    private static long? ContinuedAt(string continuation, byte[] key)
    {
        var (next, window) = KeyCodec.ReadContinuation(continuation);
        return next.AsSpan().SequenceEqual(key)
            ? window
            : throw new StateQueryException(StatusCodes.Status400BadRequest, "continuation is that of another key. Leave it out to start anew.");
    }

    private static long? TimeOf(IQueryCollection query, string name)
    {
        var text = query[name].ToString();
        return text.Length == 0 ? null
            : WindowTimeText.TryRead(text, out var time) ? time
            : throw new StateQueryException(
                StatusCodes.Status400BadRequest,
                $"{name} is '{text}'. Write the start of a window as 2026-03-01T11:00:00Z, or in milliseconds since 1970-01-01 UTC; encode a '+' as %2B.");
    }
}
