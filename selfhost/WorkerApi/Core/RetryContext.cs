namespace Microsoft.Azure.Functions.Worker;

/// <summary>How often an invocation was tried.</summary>
public abstract class RetryContext
{
    /// <summary>0 for the first attempt, 1 for the second …</summary>
    public abstract int RetryCount { get; }

    /// <summary>Most retries; -1 for no limit.</summary>
    public abstract int MaxRetryCount { get; }
}
