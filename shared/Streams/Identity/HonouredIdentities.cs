using System.Text;

namespace KafkaFunctions.Streams.Identity;

/// <summary>Decides which identity headers of a topic count (design rule 1): those of functions of this application that write
/// the topic. Headers copied by others could otherwise make records pass for copies. Immutable.</summary>
/// <param name="application">Name of the application.</param>
/// <param name="writers">The functions of the application that write the topic.</param>
public sealed class HonouredIdentities(string application, IReadOnlyList<string> writers)
{
    private readonly byte[] _application = Encoding.ASCII.GetBytes(application);
    private readonly byte[][] _writers = [.. writers.Select(Encoding.ASCII.GetBytes)];

    /// <summary>No header counts: the topic is written from outside.</summary>
    public static HonouredIdentities None { get; } = new("", []);

    /// <summary>Whether an identity header counts.</summary>
    /// <param name="header">The header's value; empty where there is none.</param>
    public bool IsHonoured(ReadOnlySpan<byte> header)
    {
        if (_writers.Length == 0 || header.IsEmpty || !RecordIdentity.IsWrittenBy(header, _application, out _, out var writer))
        {
            return false;
        }

        foreach (var known in _writers)
        {
            if (writer.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }
}
