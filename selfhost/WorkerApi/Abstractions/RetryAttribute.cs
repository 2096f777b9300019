namespace Microsoft.Azure.Functions.Worker;

/// <summary>Base of attributes that run a failed invocation again.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class RetryAttribute : Attribute
{
    /// <summary>Creates the attribute.</summary>
#pragma warning disable CA1012 // Public in the real package.
    public RetryAttribute()
#pragma warning restore CA1012
    {
    }

    /// <summary>Times that a failed invocation runs again; -1 for ever.</summary>
    public int MaxRetryCount { get; set; }
}
