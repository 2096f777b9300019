namespace Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

/// <summary>How a failed invocation runs again.</summary>
public interface IRetryOptions
{
    /// <summary>Most retries; -1 for no limit.</summary>
    int MaxRetryCount { get; }

    /// <summary>The delay, where it stays.</summary>
    TimeSpan? DelayInterval { get; }

    /// <summary>The first delay, where it grows.</summary>
    TimeSpan? MinimumInterval { get; }

    /// <summary>The longest delay, where it grows.</summary>
    TimeSpan? MaximumInterval { get; }

    /// <summary>How the delay grows.</summary>
    RetryStrategy? Strategy { get; }
}
