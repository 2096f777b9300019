using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Telemetry;

/// <summary>Another workload's records, each with the context of a trace that is recorded.</summary>
/// <param name="records">The records.</param>
/// <param name="recordsPerTrace">How many records one after the other have the same trace.</param>
internal sealed class TracedWorkload(IWorkload records, int recordsPerTrace) : IWorkload
{
    public string Topic => records.Topic;

    public OutputRecord Create(int id)
    {
        var record = records.Create(id);
        var trace = 1 + (id / recordsPerTrace);
        return new OutputRecord(record.Key, record.Value)
        {
            Timestamp = record.Timestamp,
            Headers = [RecordHeader.FromText(HeaderNames.TraceParent, $"00-{trace:x32}-{trace:x16}-01")],
        };
    }

    public int FindId(in InputRecord record) => records.FindId(in record);
}
