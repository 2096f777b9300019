using System.Text;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Worker.Outputs;

/// <summary>Gives a function's outputs their identity (design rule 1). Immutable.</summary>
/// <param name="app">Name of the application.</param>
/// <param name="function">The function that publishes.</param>
/// <param name="upstreamWriters">Functions of this app that write the function's source topic: only their identities are
/// honoured, so that headers copied by others cannot make records pass for copies.</param>
internal sealed class IdentityStamp(string app, string function, IReadOnlyList<string> upstreamWriters)
{
    private readonly byte[] _app = Encoding.ASCII.GetBytes(app);
    private readonly byte[][] _writers = [.. upstreamWriters.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Sets the identity of an output; one without origin is a record from outside and gets none.</summary>
    public void Apply(OutputRecord output)
    {
        if (output.Origin is not { } origin)
        {
            return;
        }

        output.Identity = IsHonoured(origin.Upstream)
            ? RecordIdentity.Extend(origin.Upstream, function, origin.Partition, origin.Index)
            : RecordIdentity.Start(app, function, origin.Partition, origin.Offset, origin.Index);
    }

    private bool IsHonoured(ReadOnlySpan<byte> upstream)
    {
        if (upstream.IsEmpty || !RecordIdentity.IsWrittenBy(upstream, _app, out _, out var writer))
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
