using KafkaFunctions.Streams.Joins.StreamJoins;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Stores;

namespace KafkaFunctions.Streams.Joins;

/// <summary>A join of two streams: what its two functions share. Both write its results, to the same topic. Immutable.</summary>
/// <remarks>The result's time is the higher of the two; without partner its own. Records with the same key, time and side are all
/// joined. What decides that a record stays without partner is the clock of the other side: the lowest stream time among its partitions,
/// where one with nothing left to read counts as having reached the highest of both sides. Once it was emitted without, it joins nothing
/// any more.</remarks>
public sealed class StreamJoin<TKey, TLeft, TRight, TOut>
{
    private readonly StoreShare _leftShare;
    private readonly StoreShare _rightShare;

    internal StreamJoin(
        JoinKind kind,
        string store,
        ISerde<TKey> key,
        ISerde<TLeft> left,
        ISerde<TRight> right,
        JoinWindows windows,
        Func<TLeft?, TRight?, TOut> joiner,
        string leftFunction,
        string rightFunction)
    {
        StateRules.CheckName(store);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(windows);
        Kind = kind;
        Store = store;
        Key = key;
        Left = left;
        Right = right;
        Windows = windows;
        Joiner = joiner;
        (_leftShare, _rightShare) = StoreShare.OfTwo(store, leftFunction, rightFunction);
    }

    /// <summary>Which records are emitted without a partner.</summary>
    public JoinKind Kind { get; }

    /// <summary>Name of the store.</summary>
    public string Store { get; }

    /// <summary>How far apart two records may be.</summary>
    public JoinWindows Windows { get; }

    internal ISerde<TKey> Key { get; }

    internal ISerde<TLeft> Left { get; }

    internal ISerde<TRight> Right { get; }

    internal Func<TLeft?, TRight?, TOut> Joiner { get; }

    internal StoreShare ShareOf(StreamSide side) => side == StreamSide.Left ? _leftShare : _rightShare;

    internal string Description => FormattableString.Invariant(
        $"{Kind} join of {Windows.BeforeMilliseconds} ms before to {Windows.AfterMilliseconds} ms after");
}
