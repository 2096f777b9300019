using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Joins;

/// <summary>Describes joins of two tables by their key. Two functions keep a join, one for each side's topic: neither topic needs as many
/// partitions as the other, nor need keys lie alike. Give both functions the same object: a static field, say.</summary>
/// <example><code>
/// public static readonly TableJoin&lt;string, Order, Payment, PaidOrder&gt; PaidOrders = TableJoin.Inner(
///     "paid-orders", Serdes.Utf8, orders, payments, PaidOrder.Of, nameof(TrackOrders), nameof(TrackPayments));
///
/// KStream.From(Serdes.Utf8, orders).AsLeftOf(PaidOrders).To(Serdes.Utf8, paidOrders);    // in TrackOrders
/// KStream.From(Serdes.Utf8, payments).AsRightOf(PaidOrders).To(Serdes.Utf8, paidOrders); // in TrackPayments
/// </code></example>
public static class TableJoin
{
    /// <summary>A join with a result for the keys that both tables have.</summary>
    /// <param name="store">Name of the store: the two functions' own.</param>
    /// <param name="key">How keys are stored.</param>
    /// <param name="left">How the left table's values are stored.</param>
    /// <param name="right">How the right table's values are stored.</param>
    /// <param name="joiner">The left table's value and the right one's to the result; null is no result.</param>
    /// <param name="leftFunction">Name of the function that reads the left table's topic.</param>
    /// <param name="rightFunction">Name of the function that reads the right table's topic.</param>
    /// <exception cref="ArgumentException">Both functions have one name.</exception>
    public static TableJoin<TKey, TLeft, TRight, TOut> Inner<TKey, TLeft, TRight, TOut>(
        string store, ISerde<TKey> key, ISerde<TLeft> left, ISerde<TRight> right, Func<TLeft, TRight, TOut> joiner, string leftFunction, string rightFunction)
    {
        ArgumentNullException.ThrowIfNull(joiner);
        return new(JoinKind.Inner, store, key, left, right, (mine, other) => joiner(mine!, other!), leftFunction, rightFunction);
    }

    /// <summary>A join with a result for the keys that the left table has; the right value is null (of a value type: its default) where
    /// the right table has none.</summary>
    /// <inheritdoc cref="Inner" path="/param"/>
    /// <inheritdoc cref="Inner" path="/exception"/>
    public static TableJoin<TKey, TLeft, TRight, TOut> Left<TKey, TLeft, TRight, TOut>(
        string store, ISerde<TKey> key, ISerde<TLeft> left, ISerde<TRight> right, Func<TLeft, TRight?, TOut> joiner, string leftFunction, string rightFunction)
    {
        ArgumentNullException.ThrowIfNull(joiner);
        return new(JoinKind.Left, store, key, left, right, (mine, other) => joiner(mine!, other), leftFunction, rightFunction);
    }

    /// <summary>A join with a result for the keys that either table has; the value of the other is null (of a value type: its default).</summary>
    /// <inheritdoc cref="Inner" path="/param"/>
    /// <inheritdoc cref="Inner" path="/exception"/>
    public static TableJoin<TKey, TLeft, TRight, TOut> Outer<TKey, TLeft, TRight, TOut>(
        string store, ISerde<TKey> key, ISerde<TLeft> left, ISerde<TRight> right, Func<TLeft?, TRight?, TOut> joiner, string leftFunction, string rightFunction)
    {
        ArgumentNullException.ThrowIfNull(joiner);
        return new(JoinKind.Outer, store, key, left, right, joiner, leftFunction, rightFunction);
    }
}
