using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>A join under test: two functions over one store.</summary>
/// <param name="Kind">Which records are emitted without partner.</param>
/// <param name="Before">How much earlier than the left record the right one may be, in milliseconds.</param>
/// <param name="After">How much later.</param>
/// <param name="Grace">How long records without partner wait for late ones.</param>
internal sealed record JoinSettings(JoinKind Kind, long Before, long After, long Grace)
{
    public string LeftFunction => Kind + "OfLeft";

    public string RightFunction => Kind + "OfRight";

    public string Store => $"join-{Kind}".ToLowerInvariant();

    public string Output => Kind + "-joined";

    /// <summary>How long a side remembers a record by its own stream time.</summary>
    public long Kept => Before + After + Grace;

    public StreamJoin<long, long?, long?, JoinedPair> Join()
    {
        var value = Serdes.Nullable(Serdes.Int64);
        var windows = JoinWindows.Of(TimeSpan.FromMilliseconds(Before), TimeSpan.FromMilliseconds(After)).WithGrace(TimeSpan.FromMilliseconds(Grace));
        return Kind switch
        {
            JoinKind.Inner => StreamJoin.Inner<long, long?, long?, JoinedPair>(Store, Serdes.Int64, value, value, windows, JoinedPair.Of, LeftFunction, RightFunction),
            JoinKind.Left => StreamJoin.Left<long, long?, long?, JoinedPair>(Store, Serdes.Int64, value, value, windows, JoinedPair.Of, LeftFunction, RightFunction),
            _ => StreamJoin.Outer<long, long?, long?, JoinedPair>(Store, Serdes.Int64, value, value, windows, JoinedPair.Of, LeftFunction, RightFunction),
        };
    }

    /// <summary>Whether records of a side are emitted without partner.</summary>
    public bool MayBeAlone(bool isLeft) => Kind == JoinKind.Outer || (Kind == JoinKind.Left && isLeft);

    /// <summary>How much later than a record of a side its partner may be.</summary>
    public long Ahead(bool isLeft) => isLeft ? After : Before;
}
