namespace Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

/// <summary>How a failed invocation runs again.</summary>
public class DefaultRetryOptions : IRetryOptions
{
    /// <inheritdoc/>
    public int MaxRetryCount { get; set; }

    /// <inheritdoc/>
    public TimeSpan? DelayInterval { get; set; }

    /// <inheritdoc/>
    public TimeSpan? MinimumInterval { get; set; }

    /// <inheritdoc/>
    public TimeSpan? MaximumInterval { get; set; }

    /// <inheritdoc/>
    public RetryStrategy? Strategy => DelayInterval is null ? RetryStrategy.ExponentialBackoff : RetryStrategy.FixedDelay;
}
