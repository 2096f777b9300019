namespace Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

/// <summary>How delays between attempts grow.</summary>
public enum RetryStrategy
{
    /// <summary>They grow.</summary>
    ExponentialBackoff = 0,

    /// <summary>They stay.</summary>
    FixedDelay = 1,
}
