using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>The trace that an invocation belongs to.</summary>
internal sealed class HostTraceContext(Activity? activity, string? traceParent) : TraceContext
{
    public override string TraceParent => activity?.Id ?? traceParent ?? "";

    public override string TraceState => activity?.TraceStateString ?? "";
}
