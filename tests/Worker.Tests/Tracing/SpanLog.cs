using System.Collections.Concurrent;
using System.Diagnostics;

namespace KafkaFunctions.Worker.Tests.Tracing;

/// <summary>Records the spans of the platform that belong to a test: those of its traces, and of the trace that it runs in. Listeners
/// are the process's: what other tests do at the same time is none of its.</summary>
internal sealed class SpanLog : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly HashSet<ActivityTraceId> _traces;
    private readonly ActivityListener _listener;
    private readonly Activity _test;

    /// <param name="traces">Ids of the traces that records of the test belong to.</param>
    public SpanLog(params string[] traces)
    {
        _test = new Activity("test").SetIdFormat(ActivityIdFormat.W3C);
        _test.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        _test.Start();
        _traces = [.. traces.Select(trace => ActivityTraceId.CreateFromString(trace)), _test.TraceId];
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("KafkaFunctions.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                _traces.Contains(options.Parent.TraceId) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The trace that the test runs in.</summary>
    public string OwnTrace => _test.TraceId.ToHexString();

    /// <summary>The spans of a source that have ended.</summary>
    public IReadOnlyList<Activity> Of(string source) => [.. _spans.Where(span => span.Source.Name == source)];

    /// <summary>The spans of functions' batches, in one trace.</summary>
    public IReadOnlyList<Activity> ProcessingIn(string trace) => [.. Of("KafkaFunctions.Worker").Where(span => span.TraceId.ToHexString() == trace)];

    public void Dispose()
    {
        _listener.Dispose();
        _test.Stop();
    }
}
