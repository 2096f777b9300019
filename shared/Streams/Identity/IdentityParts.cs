using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace KafkaFunctions.Streams.Identity;

/// <summary>Takes well-formed identity headers apart. Records of one path follow each other: the path's text is made once.</summary>
internal sealed class IdentityParts
{
    private byte[] _lastPath = [];
    private string _lastText = "";

    /// <summary>The path and the sequence of an identity that <see cref="HonouredIdentities"/> has found well-formed.</summary>
    public (string Path, long[] Sequence) Read(ReadOnlySpan<byte> identity)
    {
        var rest = identity[(identity.IndexOf((byte)';') + 1)..];
        rest = rest[(rest.IndexOf((byte)';') + 1)..];
        var end = rest.IndexOf((byte)';');
        return (TextOf(rest[..end]), SequenceOf(rest[(end + 1)..]));
    }

    private string TextOf(ReadOnlySpan<byte> path)
    {
        if (!path.SequenceEqual(_lastPath))
        {
            _lastPath = path.ToArray();
            _lastText = Encoding.ASCII.GetString(path);
        }

        return _lastText;
    }

    private static long[] SequenceOf(ReadOnlySpan<byte> text)
    {
        var sequence = new long[text.Count((byte)'.') + 1];
        for (var i = 0; i < sequence.Length; i++)
        {
            var isNumber = Utf8Parser.TryParse(text, out sequence[i], out var read);
            Debug.Assert(isNumber, "The identity is well-formed.");
            text = text[Math.Min(read + 1, text.Length)..];
        }

        return sequence;
    }
}
