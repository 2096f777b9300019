using System.Text;
using KafkaFunctions.SelfHost.Invocation;
using KafkaFunctions.SelfHost.Telemetry;
using KafkaFunctions.Streams.Records;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.KafkaTrigger;

/// <summary>Makes an invocation's input of records: it continues their trace, where all of them have the same.</summary>
internal static class TraceOfRecords
{
    public static TriggerInput InputOf(KafkaRecord[] records) =>
        Continue(new TriggerInput(records), HostTelemetry.IsTraced && AreOfOneTrace(records) ? records[0] : null);

    public static TriggerInput InputOf(KafkaRecord record) => Continue(new TriggerInput(record), HostTelemetry.IsTraced ? record : null);

    private static TriggerInput Continue(TriggerInput input, KafkaRecord? record) => record is null ? input : input with
    {
        TraceParent = ValueOf(record, HeaderNames.TraceParent) is { } parent ? Encoding.ASCII.GetString(parent) : null,
        TraceState = ValueOf(record, HeaderNames.TraceState) is { } state ? Encoding.UTF8.GetString(state) : null,
    };

    // The spans may differ: records of a request may have lain in several partitions.
    private static bool AreOfOneTrace(KafkaRecord[] records) =>
        ValueOf(records[0], HeaderNames.TraceParent) is { } first
        && Array.TrueForAll(records, record => TraceParent.AreOfOneTrace(ValueOf(record, HeaderNames.TraceParent), first));

    private static byte[]? ValueOf(KafkaRecord record, string name)
    {
        foreach (var header in record.Headers)
        {
            if (header.Key == name)
            {
                return header.Value;
            }
        }

        return null;
    }
}
