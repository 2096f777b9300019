using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>How often an invocation was tried.</summary>
internal sealed class HostRetryContext(int retryCount, int maxRetryCount) : RetryContext
{
    /// <summary>Of a function without retries.</summary>
    public static HostRetryContext None { get; } = new(0, 0);

    public override int RetryCount => retryCount;

    public override int MaxRetryCount => maxRetryCount;
}
