using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>How long to wait before a failed invocation runs again.</summary>
internal static class RetryDelay
{
    // Up to a fifth off, so that instances that failed together do not come back together.
    private const double Jitter = 0.2;

    /// <param name="retry">The function's retries.</param>
    /// <param name="retryCount">0 before the first retry, 1 before the second …</param>
    public static TimeSpan Of(IRetryOptions retry, int retryCount)
    {
        if (retry.DelayInterval is { } same)
        {
            return same;
        }

        var least = retry.MinimumInterval ?? TimeSpan.Zero;
        var most = retry.MaximumInterval ?? least;
        var grown = least.Ticks * Math.Pow(2, Math.Min(retryCount, 62));
        var delay = grown >= most.Ticks ? most : TimeSpan.FromTicks((long)grown);
        return delay * (1 - (Jitter * Random.Shared.NextDouble()));
    }
}
