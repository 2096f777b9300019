namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Whether an invocation gets one event or many.</summary>
public enum Cardinality
{
    /// <summary>A batch.</summary>
    Many = 0,

    /// <summary>A single event.</summary>
    One = 1,
}
