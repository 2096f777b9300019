using System.Diagnostics.CodeAnalysis;

namespace KafkaFunctions.Streams.State;

/// <summary>Key of a row within its bucket: any bytes, at least one, compared byte by byte (a shorter key before one that it begins).
/// Immutable by convention: the array is not copied.</summary>
/// <param name="bytes">The bytes.</param>
public readonly struct StateKey(byte[] bytes) : IEquatable<StateKey>, IComparable<StateKey>
{
    private readonly byte[]? _bytes = bytes;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The key right after this one: there is no other between them.</summary>
    public StateKey Next() => new([.. Bytes, 0]);

    /// <inheritdoc/>
    public bool Equals(StateKey other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is StateKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public int CompareTo(StateKey other) => Bytes.SequenceCompareTo(other.Bytes);

    /// <summary>The bytes in hexadecimal, for messages.</summary>
    public override string ToString() => Convert.ToHexString(Bytes);

    /// <summary>Whether the bytes are the same.</summary>
    public static bool operator ==(StateKey left, StateKey right) => left.Equals(right);

    /// <summary>Whether the bytes differ.</summary>
    public static bool operator !=(StateKey left, StateKey right) => !left.Equals(right);

    /// <summary>Whether the left key comes before the right one.</summary>
    public static bool operator <(StateKey left, StateKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left key comes before the right one, or is the same.</summary>
    public static bool operator <=(StateKey left, StateKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left key comes after the right one.</summary>
    public static bool operator >(StateKey left, StateKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left key comes after the right one, or is the same.</summary>
    public static bool operator >=(StateKey left, StateKey right) => left.CompareTo(right) >= 0;
}
