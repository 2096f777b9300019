using System.Net;

namespace KafkaFunctions.Client;

/// <summary>The app did not answer a query, or refused it.</summary>
public sealed class StateClientException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What the app said, or why it cannot be asked.</param>
    /// <param name="status">The HTTP status; null where there was no answer.</param>
    /// <param name="retryAfter">How long to wait; null where trying again does not help.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public StateClientException(string message, HttpStatusCode? status = null, TimeSpan? retryAfter = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Status = status;
        RetryAfter = retryAfter;
    }

    /// <summary>The HTTP status: 400 for a key or range that the store cannot have, 401 for a wrong function key, 404 for an unknown
    /// store, 503 where the app's storage does not answer; null where there was no answer.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>How long to wait before the query is tried again; null where that does not help.</summary>
    public TimeSpan? RetryAfter { get; }
}
