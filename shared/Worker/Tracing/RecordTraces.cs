using System.Buffers.Binary;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Tracing;

/// <summary>The traces that a batch's records belong to. Costs little per record, whatever they carry.</summary>
internal sealed class RecordTraces
{
    // As many as a span may link to, by OpenTelemetry's defaults.
    private const int Most = 128;

    // By a part of the header, which ids being random is enough to tell them apart. Two that have the part in common count as one that
    // is not there: looks are then right, and the second trace goes without a span.
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
        if (RecordTrace.HeaderOf(records[0]) is { } first && Array.TrueForAll(records, record => RecordTrace.HeaderOf(record).AsSpan().SequenceEqual(first)))
        {
            traces.Common = RecordTrace.Read(records[0], first);
            if (traces.Common is { } common)
            {
                common.Records = records.Length;
            }

            return traces;
        }

        foreach (var record in records)
        {
            if (RecordTrace.HeaderOf(record) is { } header && RecordTrace.IsSampled(header))
            {
                traces.Add(record, header);
            }
        }

        return traces;
    }

    /// <summary>What takes the place of a record's <c>traceparent</c>; itself where its trace has no span.</summary>
    public byte[]? Replace(byte[]? header) => header is null ? null : (Common ?? Find(header))?.Header ?? header;

    private void Add(KafkaRecord record, byte[] header)
    {
        if (Find(header) is { } trace)
        {
            trace.Records++;
        }
        else if (_several.Count < Most && RecordTrace.Read(record, header) is { } read && _byPart.TryAdd(PartOf(header), read))
        {
            _several.Add(read);
        }
    }

    private RecordTrace? Find(byte[] header) =>
        header.Length == RecordTrace.HeaderLength && _byPart.TryGetValue(PartOf(header), out var trace) && header.AsSpan().SequenceEqual(trace.Original) ? trace : null;

    /// <summary>The last eight digits of the trace and of the span.</summary>
    private static ulong PartOf(byte[] header) =>
        BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(27)) ^ (BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(44)) * 31);
}
