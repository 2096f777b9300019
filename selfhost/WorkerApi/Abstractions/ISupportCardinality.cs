namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>A binding that can deliver one event or a batch.</summary>
public interface ISupportCardinality
{
    /// <summary>One event or many per invocation.</summary>
    Cardinality Cardinality { get; set; }
}
