namespace KafkaFunctions.TestSupport.Otlp;

/// <summary>A span as it was exported.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="Source">Name of the source.</param>
/// <param name="TraceId">The trace, 32 hexadecimal digits.</param>
/// <param name="SpanId">The span, 16 hexadecimal digits.</param>
/// <param name="ParentId">The span above it; empty for none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">Its attributes, as texts.</param>
/// <param name="Links">Traces and spans that it links to.</param>
public sealed record OtlpSpan(
    string Service,
    string Source,
    string TraceId,
    string SpanId,
    string ParentId,
    string Name,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<(string TraceId, string SpanId)> Links)
{
    /// <summary>The function that it is of; null for none.</summary>
    public string? Function => Attributes.GetValueOrDefault("faas.name");
}
