using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Tracing;

/// <summary>The traces that a batch's records belong to. Costs little per record, whatever they carry.</summary>
internal sealed class RecordTraces
{
    // As many as a span may link to, by OpenTelemetry's defaults.
    private const int Most = 128;

    // By a part of the trace's id. Of two that have the part in common the second counts as one that is not there.
    private readonly Dictionary<ulong, RecordTrace> _byPart = [];
    private readonly List<RecordTrace> _several = [];

    private RecordTraces()
    {
    }

    /// <summary>The trace of all records; null where they have several, or some have none.</summary>
    public RecordTrace? Common { get; private set; }

    /// <summary>Where there is no common one: the recorded traces in the order of their first records, at most 128.</summary>
    public IReadOnlyList<RecordTrace> Several => _several;

    /// <param name="records">The batch; not empty.</param>
    public static RecordTraces Of(KafkaRecord[] records)
    {
        var traces = new RecordTraces();
        if (HeaderOf(records[0]) is { } first && Array.TrueForAll(records, record => TraceParent.AreOfOneTrace(HeaderOf(record), first)))
        {
            traces.Common = RecordTrace.Of(records[0], first);
            Array.ForEach(records, record => traces.Common?.Add(HeaderOf(record)!));
            return traces;
        }

        foreach (var record in records)
        {
            if (HeaderOf(record) is { } header && TraceParent.IsSampled(header))
            {
                traces.Add(record, header);
            }
        }

        return traces;
    }

    /// <summary>What takes the place of a record's <c>traceparent</c>; itself where its trace has no span.</summary>
    public byte[]? Replace(byte[]? header) => header is null ? null : (Common ?? Find(header))?.Header ?? header;

    private static byte[]? HeaderOf(KafkaRecord record) => record.HeaderOf(HeaderNames.TraceParent);

    private void Add(KafkaRecord record, byte[] header)
    {
        if (Find(header) is { } known)
        {
            known.Add(header);
        }
        else if (_several.Count < Most && RecordTrace.Of(record, header) is { } trace && _byPart.TryAdd(TraceParent.PartOf(header), trace))
        {
            trace.Add(header);
            _several.Add(trace);
        }
    }

    private RecordTrace? Find(byte[] header) =>
        TraceParent.IsSampled(header) && _byPart.TryGetValue(TraceParent.PartOf(header), out var trace) && trace.Has(header) ? trace : null;
}
