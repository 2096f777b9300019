using KafkaFunctions.Streams.Joins.TableJoins;

namespace KafkaFunctions.Streams.Joins.ForeignKeys;

/// <summary>What a foreign-key join knows of a left key. Immutable.</summary>
/// <param name="Left">The left value.</param>
/// <param name="ForeignKey">The right key that it names; null for none.</param>
/// <param name="Right">What the right table has for that key, as far as is known.</param>
/// <param name="RightVersion">Version of the right key's row that <paramref name="Right"/> is of; <see cref="Unknown"/> until it is known.</param>
/// <param name="IsShown">Whether what was emitted last is a result.</param>
/// <param name="ChangedAt">Where the record of the left value stands.</param>
internal readonly record struct LinkRow(JoinSide Left, byte[]? ForeignKey, JoinSide Right, long RightVersion, bool IsShown, LeftPosition ChangedAt)
{
    public const long Unknown = 0;

    /// <summary>Whether it is known what the result is; else the function that wrote the left value is about to find out.</summary>
    public bool IsSettled => ForeignKey is null || RightVersion != Unknown;

    public bool Names(byte[]? foreignKey) => ForeignKey is null || foreignKey is null
        ? ForeignKey == foreignKey
        : ForeignKey.AsSpan().SequenceEqual(foreignKey);
}
