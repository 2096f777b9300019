using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace KafkaFunctions.Streams.Records;

/// <summary>Reads W3C <c>traceparent</c> headers: version, trace, span and flags, in 2, 32, 16 and 2 hexadecimal digits.</summary>
public static class TraceParent
{
    private const int Length = 55;
    private const int TraceEnd = 35;
    private const int SpanEnd = 52;
    private const int SampledFlag = 1;

    /// <summary>Whether it says that its trace is recorded. Looks at length and flags alone.</summary>
    public static bool IsSampled(byte[] header)
    {
        if (header.Length != Length)
        {
            return false;
        }

        var digit = header[Length - 1];
        return ((digit <= '9' ? digit - '0' : digit - 'a' + 10) & SampledFlag) == SampledFlag;
    }

    /// <summary>Whether both are of one trace, and with the same flags.</summary>
    public static bool AreOfOneTrace(byte[]? header, byte[] other) =>
        ReferenceEquals(header, other)
        || (header?.Length == Length && other.Length == Length
            && header.AsSpan(0, TraceEnd).SequenceEqual(other.AsSpan(0, TraceEnd)) && header.AsSpan(SpanEnd).SequenceEqual(other.AsSpan(SpanEnd)));

    /// <summary>A part of the trace's id that tells it from others, mostly: of its end, as some ids begin alike.</summary>
    public static ulong PartOf(byte[] header) =>
        BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(TraceEnd - 8)) ^ (BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(TraceEnd - 16)) * 31);

    /// <summary>Reads it, with the record's <c>tracestate</c>; null where it is no context.</summary>
    public static ActivityContext? Read(byte[] header, byte[]? state) => ActivityContext.TryParse(
        Encoding.ASCII.GetString(header), state is null ? null : Encoding.UTF8.GetString(state), isRemote: true, out var context) ? context : null;
}
