using System.Globalization;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs a failed invocation again after the same delay each time.</summary>
public sealed class FixedDelayRetryAttribute : RetryAttribute
{
    /// <summary>Creates the attribute.</summary>
    /// <param name="maxRetryCount">Times that it runs again; -1 for ever.</param>
    /// <param name="delayInterval">The delay, a time span such as <c>00:00:10</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delayInterval"/> is not a time span, or is negative.</exception>
    public FixedDelayRetryAttribute(int maxRetryCount, string delayInterval)
    {
        if (!TimeSpan.TryParse(delayInterval, CultureInfo.InvariantCulture, out var delay) || delay < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(delayInterval), delayInterval, "Write a time span that is not negative, such as 00:00:10.");
        }

        MaxRetryCount = maxRetryCount;
        DelayInterval = delayInterval;
    }

    /// <summary>The delay.</summary>
    public string DelayInterval { get; }
}
