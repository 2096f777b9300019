using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Identity;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace KafkaFunctions.Tables;

/// <summary>Tells failed requests apart by status and error code.</summary>
internal static class TableFaults
{
    /// <summary>Error code of a request to a table that is not there.</summary>
    public const string TableNotFound = "TableNotFound";

    private const string TableBeingDeleted = "TableBeingDeleted";
    private const string OperationTimedOut = "OperationTimedOut";

    public static TableFault Of(Exception exception) => exception switch
    {
        RequestFailedException failed => Of(failed.Status, failed.ErrorCode),
        AuthenticationFailedException failed => OfToken(failed),
        AggregateException { InnerExceptions: [var inner, ..] } => Of(inner),
        BrokenCircuitException or TimeoutRejectedException or OperationCanceledException => TableFault.Transient,
        ObjectDisposedException => TableFault.Other,
        // What the client library makes of an answer that was cut off, or of one that is not the service's.
        HttpRequestException or IOException or JsonException or InvalidOperationException => TableFault.Transient,
        _ => TableFault.Other,
    };

    /// <summary>What the service asks to wait before the next attempt; null where it says nothing.</summary>
    public static TimeSpan? RetryAfter(Exception? exception, DateTimeOffset now)
    {
        if (exception is BrokenCircuitException { RetryAfter: { } rest })
        {
            return rest;
        }

        if (exception is not RequestFailedException failed || failed.GetRawResponse() is not { } response)
        {
            return null;
        }

        foreach (var header in (string[])["retry-after-ms", "x-ms-retry-after-ms"])
        {
            if (response.Headers.TryGetValue(header, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
            {
                return TimeSpan.FromMilliseconds(milliseconds);
            }
        }

        return response.Headers.TryGetValue("Retry-After", out var after) ? Parse(after, now) : null;
    }

    private static TimeSpan? Parse(string text, DateTimeOffset now)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) && date > now ? date - now : null;
    }

    private static TableFault Of(int status, string? code) => (status, code) switch
    {
        (_, TableNotFound) => TableFault.TableMissing,
        (_, TableBeingDeleted or OperationTimedOut) => TableFault.Transient,
        (429 or 503, _) => TableFault.Throttled,
        (0 or 408 or 500 or 502 or 504, _) => TableFault.Transient,
        (401 or 403, _) => TableFault.Access,
        // Azurite's answer to a wrong key.
        (_, "AuthenticationFailed" or "AuthorizationFailure" or "InvalidAuthenticationInfo") => TableFault.Access,
        (404 or 409 or 412, _) => TableFault.Conflict,
        _ => TableFault.Other,
    };

    /// <summary>A token service that cannot be reached comes back; one that refuses does not.</summary>
    private static TableFault OfToken(AuthenticationFailedException failed)
    {
        for (var inner = failed.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is RequestFailedException { Status: 0 or 408 or 429 or >= 500 } or HttpRequestException or IOException)
            {
                return TableFault.Transient;
            }
        }

        return TableFault.Access;
    }
}
