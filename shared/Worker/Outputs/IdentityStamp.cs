using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Worker.Outputs;

/// <summary>Gives a function's outputs their identity (design rule 1). Immutable.</summary>
/// <param name="app">Name of the application.</param>
/// <param name="function">The function that publishes.</param>
/// <param name="upstream">Which identities of the function's source topic count.</param>
internal sealed class IdentityStamp(string app, string function, HonouredIdentities upstream)
{
    /// <summary>Sets the identity of an output; one without origin is a record from outside and gets none.</summary>
    public void Apply(OutputRecord output)
    {
        if (output.Origin is not { } origin)
        {
            return;
        }

        output.Identity = upstream.IsHonoured(origin.Upstream)
            ? RecordIdentity.Extend(origin.Upstream, function, origin.Partition, origin.Index)
            : RecordIdentity.Start(app, origin.ResultOf ?? function, origin.Partition, origin.Offset, origin.Index, origin.ResultOf is not null);
    }
}
