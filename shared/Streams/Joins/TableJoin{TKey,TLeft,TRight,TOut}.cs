using KafkaFunctions.Streams.Joins.TableJoins;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Stores;

namespace KafkaFunctions.Streams.Joins;

/// <summary>A join of two tables by their key, as both of its functions describe it. Immutable; made by <see cref="TableJoin"/>.</summary>
/// <typeparam name="TKey">Type of the keys.</typeparam>
/// <typeparam name="TLeft">Type of the left table's values.</typeparam>
/// <typeparam name="TRight">Type of the right table's values.</typeparam>
/// <typeparam name="TOut">Type of the results.</typeparam>
public sealed class TableJoin<TKey, TLeft, TRight, TOut>
{
    private readonly StoreShare _left;
    private readonly StoreShare _right;

    internal TableJoin(
        JoinKind kind, string store, ISerde<TKey> key, ISerde<TLeft> left, ISerde<TRight> right, Func<TLeft?, TRight?, TOut> joiner, string leftFunction, string rightFunction)
    {
        ArgumentException.ThrowIfNullOrEmpty(store);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        (_left, _right) = StoreShare.OfTwo(store, leftFunction, rightFunction);
        (JoinKind, Store, Key, Left, Right, Joiner) = (kind, store, key, left, right, joiner);
    }

    /// <summary>Name of the store.</summary>
    public string Store { get; }

    internal JoinKind JoinKind { get; }

    /// <summary>The operator's name, as the store knows it.</summary>
    internal string Kind => $"Table{JoinKind}Join";

    internal ISerde<TKey> Key { get; }

    internal ISerde<TLeft> Left { get; }

    internal ISerde<TRight> Right { get; }

    internal Func<TLeft?, TRight?, TOut> Joiner { get; }

    internal StoreShare ShareOf(bool isLeft) => isLeft ? _left : _right;

    internal bool HasResult(in JoinRow row) => JoinKind.HasResult(row.Left.Exists, row.Right.Exists);

    internal TOut Join(in JoinRow row) => Joiner(
        row.Left.Exists ? Left.Deserialize(row.Left.Value) : default,
        row.Right.Exists ? Right.Deserialize(row.Right.Value) : default);
}
