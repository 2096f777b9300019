using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Joins;

/// <summary>Joins of two streams, each read by a function of its own, over one store. Neither their topics' numbers of partitions nor
/// their partitioners need to be alike.</summary>
public static class StreamJoin
{
    /// <summary>Emits each pair of records of a key that are in the window.</summary>
    /// <param name="store">Name of the store.</param>
    /// <param name="key">The keys of both streams.</param>
    /// <param name="left">How left values are stored.</param>
    /// <param name="right">How right values are stored.</param>
    /// <param name="windows">How far apart two records may be.</param>
    /// <param name="joiner">Left and right value to the result.</param>
    /// <param name="leftFunction">Name of the function that reads the left stream.</param>
    /// <param name="rightFunction">Name of the function that reads the right stream.</param>
    public static StreamJoin<TKey, TLeft, TRight, TOut> Inner<TKey, TLeft, TRight, TOut>(
        string store, ISerde<TKey> key, ISerde<TLeft> left, ISerde<TRight> right, JoinWindows windows, Func<TLeft, TRight, TOut> joiner, string leftFunction, string rightFunction)
    {
        ArgumentNullException.ThrowIfNull(joiner);
        return new(JoinKind.Inner, store, key, left, right, windows, (l, r) => joiner(l!, r!), leftFunction, rightFunction);
    }

    /// <summary>Emits each pair, and each left record that has no partner when its window and grace have passed, with null.</summary>
    /// <inheritdoc cref="Inner" path="/param"/>
    public static StreamJoin<TKey, TLeft, TRight, TOut> Left<TKey, TLeft, TRight, TOut>(
        string store, ISerde<TKey> key, ISerde<TLeft> left, ISerde<TRight> right, JoinWindows windows, Func<TLeft, TRight?, TOut> joiner, string leftFunction, string rightFunction)
    {
        ArgumentNullException.ThrowIfNull(joiner);
        return new(JoinKind.Left, store, key, left, right, windows, (l, r) => joiner(l!, r), leftFunction, rightFunction);
    }

    /// <summary>Emits each pair, and each record of either side that has no partner when its window and grace have passed, with null.</summary>
    /// <inheritdoc cref="Inner" path="/param"/>
    public static StreamJoin<TKey, TLeft, TRight, TOut> Outer<TKey, TLeft, TRight, TOut>(
        string store, ISerde<TKey> key, ISerde<TLeft> left, ISerde<TRight> right, JoinWindows windows, Func<TLeft?, TRight?, TOut> joiner, string leftFunction, string rightFunction)
    {
        ArgumentNullException.ThrowIfNull(joiner);
        return new(JoinKind.Outer, store, key, left, right, windows, joiner, leftFunction, rightFunction);
    }
}
