using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Joins;

/// <summary>Describes joins of two tables where a value of the left one names a key of the right one: orders and their customers, say. A
/// change of a right value changes the results of all left values that name it. Two functions keep a join, one for each side's topic; give
/// both the same object: a static field, say.</summary>
/// <remarks>The keys of all left values that name one right key are kept in one row: 400 KiB of them, which are 15,000 of 24 bytes each. A
/// left record past that becomes a dead letter.</remarks>
public static class ForeignKeyJoin
{
    /// <summary>A join with a result for each left key whose value names a key that the right table has.</summary>
    /// <param name="store">Name of the store: the two functions' own.</param>
    /// <param name="key">How left keys are stored.</param>
    /// <param name="left">How the left table's values are stored.</param>
    /// <param name="foreignKey">The right key that a left value names; null for none.</param>
    /// <param name="rightKey">How right keys are stored.</param>
    /// <param name="right">How the right table's values are stored.</param>
    /// <param name="joiner">The left table's value and the right one's to the result; null is no result.</param>
    /// <param name="leftFunction">Name of the function that reads the left table's topic.</param>
    /// <param name="rightFunction">Name of the function that reads the right table's topic.</param>
    /// <exception cref="ArgumentException">Both functions have one name.</exception>
    public static ForeignKeyJoin<TKey, TLeft, TForeignKey, TRight, TOut> Inner<TKey, TLeft, TForeignKey, TRight, TOut>(
        string store,
        ISerde<TKey> key,
        ISerde<TLeft> left,
        Func<TLeft, TForeignKey> foreignKey,
        ISerde<TForeignKey> rightKey,
        ISerde<TRight> right,
        Func<TLeft, TRight, TOut> joiner,
        string leftFunction,
        string rightFunction)
    {
        ArgumentNullException.ThrowIfNull(joiner);
        return new(JoinKind.Inner, store, key, left, foreignKey, rightKey, right, (mine, other) => joiner(mine, other!), leftFunction, rightFunction);
    }

    /// <summary>A join with a result for each left key; the right value is null (of a value type: its default) where the left one names
    /// none, or one that the right table does not have.</summary>
    /// <inheritdoc cref="Inner" path="/param"/>
    /// <inheritdoc cref="Inner" path="/exception"/>
    public static ForeignKeyJoin<TKey, TLeft, TForeignKey, TRight, TOut> Left<TKey, TLeft, TForeignKey, TRight, TOut>(
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
        ArgumentNullException.ThrowIfNull(joiner);
        return new(JoinKind.Left, store, key, left, foreignKey, rightKey, right, joiner, leftFunction, rightFunction);
    }
}
