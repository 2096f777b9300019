namespace KafkaFunctions.App.Ingest;

/// <summary>A place in a request's body.</summary>
/// <param name="Index">Which record, from 0.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The byte in the line, from 1.</param>
/// <param name="ByteOffset">The byte in the (decompressed) body, from 0.</param>
internal readonly record struct BodyPosition(int Index, int Line, int Column, int ByteOffset)
{
    /// <summary>The place of a byte.</summary>
    public static BodyPosition Of(ReadOnlySpan<byte> body, int index, int byteOffset)
    {
        var before = body[..byteOffset];
        return new(index, before.Count((byte)'\n') + 1, byteOffset - before.LastIndexOf((byte)'\n'), byteOffset);
    }
}
