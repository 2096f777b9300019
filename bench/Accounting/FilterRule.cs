using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Accounting;

/// <summary>FilterEvents: records with the condition, untouched.</summary>
internal sealed class FilterRule(FilterWorkload workload) : OutputRule
{
    public override string Topic => Pipeline.Output;

    public override IReadOnlyList<string> Functions { get; } = [Pipeline.Filter.Function];

    public override bool Expects(in InputEntry input) => workload.Passes(input.Id);

    public override long TimestampOf(in InputEntry input) => input.Timestamp;

    public override string? FindFault(in InputEntry input, int partition, long offset, in InputRecord output) =>
        Fingerprint.Of(output.Value) == input.Value ? null : "differs from the input's";
}
