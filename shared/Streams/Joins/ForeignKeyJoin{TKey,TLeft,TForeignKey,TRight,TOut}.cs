using KafkaFunctions.Streams.Joins.ForeignKeys;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Stores;

namespace KafkaFunctions.Streams.Joins;

/// <summary>A join of two tables by a foreign key, as both of its functions describe it. Immutable; made by <see cref="ForeignKeyJoin"/>.</summary>
/// <typeparam name="TKey">Type of the left table's keys, which are those of the results.</typeparam>
/// <typeparam name="TLeft">Type of the left table's values.</typeparam>
/// <typeparam name="TForeignKey">Type of the right table's keys.</typeparam>
/// <typeparam name="TRight">Type of the right table's values.</typeparam>
/// <typeparam name="TOut">Type of the results.</typeparam>
public sealed class ForeignKeyJoin<TKey, TLeft, TForeignKey, TRight, TOut>
{
    private readonly JoinKind _kind;
    private readonly Func<TLeft, TForeignKey> _foreignKey;
    private readonly Func<TLeft, TRight?, TOut> _joiner;

    internal ForeignKeyJoin(
        JoinKind kind,
        string store,
        ISerde<TKey> key,
        ISerde<TLeft> left,
        Func<TLeft, TForeignKey> foreignKey,
        ISerde<TForeignKey> rightKey,
        ISerde<TRight> right,
        Func<TLeft, TRight?, TOut> joiner,
        string leftFunction,
        string rightFunction)
    {
        ArgumentException.ThrowIfNullOrEmpty(store);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(foreignKey);
        ArgumentNullException.ThrowIfNull(rightKey);
        ArgumentNullException.ThrowIfNull(right);
        (LeftShare, RightShare) = StoreShare.OfTwo(store, leftFunction, rightFunction);
        (_kind, Store, Key, Left, RightKey, Right) = (kind, store, key, left, rightKey, right);
        (_foreignKey, _joiner) = (foreignKey, joiner);
    }

    /// <summary>Name of the store.</summary>
    public string Store { get; }

    /// <summary>The operator's name, as the store knows it.</summary>
    internal string Kind => $"ForeignKey{_kind}Join";

    internal ISerde<TKey> Key { get; }

    internal ISerde<TLeft> Left { get; }

    internal ISerde<TForeignKey> RightKey { get; }

    internal ISerde<TRight> Right { get; }

    internal StoreShare LeftShare { get; }

    internal StoreShare RightShare { get; }

    /// <summary>The right key that a left value names, in bytes; null for none.</summary>
    internal byte[]? ForeignKeyOf(TLeft value) => _foreignKey(value) is { } key ? RightKey.Serialize(key) : null;

    internal bool HasResult(in LinkRow row) => row.IsSettled && _kind.HasResult(left: true, row.Right.Exists);

    internal TOut Join(in LinkRow row) => _joiner(Left.Deserialize(row.Left.Value), row.Right.Exists ? Right.Deserialize(row.Right.Value) : default);
}
