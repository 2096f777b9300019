using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Accounting;

/// <summary>RoutePageViews: every page view in the one topic of its kind, as it was.</summary>
internal sealed class RouteRule(string topic, WebLogWorkload workload, OutputAccount pageViews) : OutputRule
{
    public override string Topic => topic;

    public override IReadOnlyList<string> Functions { get; } = [Pipeline.Parse.Function, Pipeline.Route.Function];

    public override bool Expects(in InputEntry input)
    {
        var line = workload.Describe(input.Id);
        return !line.Malformed && line.Destination == topic;
    }

    /// <summary>A line without key becomes a page view with the client's address as key.</summary>
    public override ulong KeyOf(in InputEntry input) => input.Key != 0 ? input.Key : Fingerprint.Of(workload.CreateKey(input.Id));

    public override long TimestampOf(in InputEntry input) => workload.Describe(input.Id).EventTime;

    public override string? FindFault(in InputEntry input, int partition, long offset, in InputRecord output) =>
        Fingerprint.Of(output.Value) == pageViews.ValueOf(partition, offset) ? null : "differs from the page view's";
}
