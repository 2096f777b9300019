using System.Globalization;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs a failed invocation again after delays that grow.</summary>
public sealed class ExponentialBackoffRetryAttribute : RetryAttribute
{
    /// <summary>Creates the attribute.</summary>
    /// <param name="maxRetryCount">Times that it runs again; -1 for ever.</param>
    /// <param name="minimumInterval">The first delay, a time span such as <c>00:00:01</c>.</param>
    /// <param name="maximumInterval">The longest delay, a time span such as <c>00:01:00</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An interval is not a time span, or is negative.</exception>
    /// <exception cref="ArgumentException"><paramref name="minimumInterval"/> is longer than <paramref name="maximumInterval"/>.</exception>
    public ExponentialBackoffRetryAttribute(int maxRetryCount, string minimumInterval, string maximumInterval)
    {
        if (!TimeSpan.TryParse(minimumInterval, CultureInfo.InvariantCulture, out var minimum) || minimum < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(minimumInterval), minimumInterval, "Write a time span that is not negative, such as 00:00:01.");
        }

        if (!TimeSpan.TryParse(maximumInterval, CultureInfo.InvariantCulture, out var maximum) || maximum < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(maximumInterval), maximumInterval, "Write a time span that is not negative, such as 00:01:00.");
        }

        if (minimum > maximum)
        {
            throw new ArgumentException("It must not be longer than the maximum interval.", nameof(minimumInterval));
        }

        MaxRetryCount = maxRetryCount;
        MinimumInterval = minimumInterval;
        MaximumInterval = maximumInterval;
    }

    /// <summary>The first delay.</summary>
    public string MinimumInterval { get; }

    /// <summary>The longest delay.</summary>
    public string MaximumInterval { get; }
}
