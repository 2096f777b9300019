using System.Diagnostics;
using System.Text;
using KafkaFunctions.Streams.Records;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Tracing;

/// <summary>The trace of records of a batch: those that carry the same context.</summary>
/// <param name="Context">The context that they carry.</param>
/// <param name="Original">It as they carry it.</param>
/// <param name="First">The first of them.</param>
internal sealed record RecordTrace(ActivityContext Context, byte[] Original, KafkaRecord First)
{
    /// <summary>Length of a <c>traceparent</c>: 00-(32 digits)-(16 digits)-(2 digits).</summary>
    public const int HeaderLength = 55;

    private const int SampledFlag = 1;

    /// <summary>How many they are.</summary>
    public int Records { get; set; } = 1;

    /// <summary>The function's span in the trace; null for none.</summary>
    public Activity? Span { get; set; }

    /// <summary>What the records carry from here on; null: what they came with.</summary>
    public byte[]? Header { get; set; }

    /// <summary>Value of a record's <c>traceparent</c>; null where it has none.</summary>
    public static byte[]? HeaderOf(KafkaRecord record)
    {
        foreach (var header in record.Headers ?? [])
        {
            if (header.Key == HeaderNames.TraceParent)
            {
                return header.Value;
            }
        }

        return null;
    }

    /// <summary>Whether a <c>traceparent</c> says that its trace is recorded. Looks at the flags alone.</summary>
    public static bool IsSampled(byte[] header)
    {
        if (header.Length != HeaderLength)
        {
            return false;
        }

        var digit = header[HeaderLength - 1];
        return ((digit <= '9' ? digit - '0' : digit - 'a' + 10) & SampledFlag) == SampledFlag;
    }

    /// <summary>Reads what a record carries; null where it is no context.</summary>
    public static RecordTrace? Read(KafkaRecord record, byte[] header)
    {
        var state = Array.Find(record.Headers, candidate => candidate.Key == HeaderNames.TraceState)?.Value;
        return ActivityContext.TryParse(Encoding.ASCII.GetString(header), state is null ? null : Encoding.UTF8.GetString(state), isRemote: true, out var context)
            ? new RecordTrace(context, header, record)
            : null;
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
