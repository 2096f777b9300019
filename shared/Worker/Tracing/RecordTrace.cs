using System.Diagnostics;
using System.Text;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Tracing;

/// <summary>The records of a batch that belong to one trace. They may come from several spans of it, as those of a request do that lay in
/// several partitions on their way.</summary>
internal sealed class RecordTrace
{
    // A trace with more branches than that is understood without further links.
    private const int MostOthers = 16;

    private readonly byte[] _header;
    private List<byte[]>? _others;
    private byte[] _last;

    private RecordTrace(ActivityContext context, byte[] header, KafkaRecord first)
    {
        Context = context;
        First = first;
        _header = _last = header;
    }

    /// <summary>Where the first of them comes from.</summary>
    public ActivityContext Context { get; }

    /// <summary>The first of them.</summary>
    public KafkaRecord First { get; }

    /// <summary>How many they are.</summary>
    public int Records { get; private set; }

    /// <summary>The function's span in the trace; null for none.</summary>
    public Activity? Span { get; private set; }

    /// <summary>What the records carry from here on; null: what they came with.</summary>
    public byte[]? Header { get; private set; }

    /// <summary>Where others of them come from, each once.</summary>
    public IEnumerable<ActivityContext> Others =>
        (_others ?? []).Select(header => TraceParent.Read(header, null)).OfType<ActivityContext>();

    /// <summary>The trace of a record; null where it carries no context.</summary>
    public static RecordTrace? Of(KafkaRecord record, byte[] header)
    {
        var state = record.HeaderOf(HeaderNames.TraceState);
        return TraceParent.Read(header, state) is { } context ? new RecordTrace(context, header, record) : null;
    }

    /// <summary>Whether a record's context is of the trace.</summary>
    public bool Has(byte[] header) => TraceParent.AreOfOneTrace(header, _header);

    /// <summary>Adds a record of the trace.</summary>
    public void Add(byte[] header)
    {
        Records++;
        if (header.AsSpan().SequenceEqual(_last))
        {
            return;
        }

        _last = header;
        if (!header.AsSpan().SequenceEqual(_header) && (_others is null || (_others.Count < MostOthers && !_others.Exists(other => header.AsSpan().SequenceEqual(other)))))
        {
            (_others ??= []).Add(header);
        }
    }

    /// <summary>Lets the records belong to the span, where it is recorded.</summary>
    public void Follow(Activity? span)
    {
        Span = span;
        if (span is { Recorded: true, IdFormat: ActivityIdFormat.W3C, Id: { } id })
        {
            Header = Encoding.ASCII.GetBytes(id);
        }
    }
}
