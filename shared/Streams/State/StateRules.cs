using System.Buffers;

namespace KafkaFunctions.Streams.State;

/// <summary>What every implementation of the state contract checks before it does anything, by <see cref="StateLimits"/>.</summary>
public static class StateRules
{
    /// <summary>Shortest name of a store.</summary>
    public const int MinNameLength = 3;

    private const int CharactersOfOtherBytes = 3;

    private static readonly SearchValues<byte> Letters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Length of a key as it is stored where keys are text: letters and digits (<c>0-9 A-Z a-z</c>) take one
    /// character, every other byte three.</summary>
    /// <param name="key">The key's bytes.</param>
    public static int StoredCharacters(ReadOnlySpan<byte> key)
    {
        var characters = key.Length;
        for (var at = key.IndexOfAnyExcept(Letters); at >= 0; at = key.IndexOfAnyExcept(Letters))
        {
            characters += CharactersOfOtherBytes - 1;
            key = key[(at + 1)..];
        }

        return characters;
    }

    /// <summary>Bytes that a write counts in its transaction: key and value.</summary>
    public static int SizeOf(StateWrite write) => write.Key.Bytes.Length + (write.Value?.Length ?? 0);

    /// <summary>Checks a store's name: 3 to 63 of <c>a-z 0-9 -</c>, the first a letter.</summary>
    /// <exception cref="ArgumentException">It breaks the rule.</exception>
    public static void CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is < MinNameLength or > StateLimits.MaxNameLength
            || !char.IsAsciiLetterLower(name[0])
            || name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            throw new ArgumentException(
                $"'{name}' is no name of a store: use {MinNameLength} to {StateLimits.MaxNameLength} of a-z, 0-9 and '-', the first a letter.",
                nameof(name));
        }
    }

    /// <summary>Checks a row's key and size: <see cref="IStateStore.Check"/>.</summary>
    /// <exception cref="StateRowTooLargeException">The key or the value exceeds a limit.</exception>
    /// <exception cref="ArgumentException">The key has no bytes.</exception>
    public static void CheckRow(string store, StateKey key, int valueBytes)
    {
        CheckKey(key);
        if (StoredCharacters(key.Bytes) is var characters and > StateLimits.MaxKeyCharacters)
        {
            throw new StateRowTooLargeException(store, key, "key", characters, StateLimits.MaxKeyCharacters);
        }

        if (valueBytes > StateLimits.MaxValueBytes)
        {
            throw new StateRowTooLargeException(store, key, "value", valueBytes, StateLimits.MaxValueBytes);
        }
    }

    /// <summary>Checks the arguments of <see cref="IStateStore.ReadAsync"/>.</summary>
    /// <exception cref="ArgumentException">The bucket is out of its range, or a key has no bytes.</exception>
    public static void CheckRead(StateBucket bucket, IReadOnlyList<StateKey> keys)
    {
        CheckBucket(bucket);
        ArgumentNullException.ThrowIfNull(keys);
        for (var i = 0; i < keys.Count; i++)
        {
            CheckKey(keys[i]);
        }
    }

    /// <summary>Checks the arguments of <see cref="IStateStore.WriteAsync"/>.</summary>
    /// <exception cref="StateRowTooLargeException">A row exceeds a limit.</exception>
    /// <exception cref="ArgumentException">Too many rows or bytes or none, a key twice or without bytes, a delete without an
    /// ETag, or a bucket out of its range.</exception>
    public static void CheckTransaction(string store, StateBucket bucket, IReadOnlyList<StateWrite> writes)
    {
        CheckBucket(bucket);
        ArgumentNullException.ThrowIfNull(writes);
        if (writes.Count is 0 or > StateLimits.MaxRowsPerTransaction)
        {
            throw new ArgumentException($"A transaction has 1 to {StateLimits.MaxRowsPerTransaction} rows, not {writes.Count}.", nameof(writes));
        }

        var keys = new HashSet<StateKey>(writes.Count);
        var bytes = 0L;
        for (var i = 0; i < writes.Count; i++)
        {
            var write = writes[i];
            CheckWrite(store, write);
            bytes += SizeOf(write);
            if (!keys.Add(write.Key))
            {
                throw new ArgumentException($"Row {write.Key} is in the transaction twice.", nameof(writes));
            }
        }

        if (bytes > StateLimits.MaxBytesPerTransaction)
        {
            throw new ArgumentException($"A transaction has at most {StateLimits.MaxBytesPerTransaction} bytes, not {bytes}.", nameof(writes));
        }
    }

    /// <summary>Checks a bucket's number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such bucket.</exception>
    public static void CheckBucket(StateBucket bucket)
    {
        if (bucket.Number < StateBucket.Progress.Number || bucket.Number >= StateLimits.MaxBuckets)
        {
            throw new ArgumentOutOfRangeException(nameof(bucket), bucket.Number, $"Buckets are numbered 0 to {StateLimits.MaxBuckets - 1}.");
        }
    }

    private static void CheckWrite(string store, StateWrite write)
    {
        CheckRow(store, write.Key, write.Value?.Length ?? 0);
        if (write is { Value: null, ETag: null })
        {
            throw new ArgumentException($"Row {write.Key} is to be deleted without the ETag that it was read with.", nameof(write));
        }
    }

    private static void CheckKey(StateKey key)
    {
        if (key.Bytes.IsEmpty)
        {
            throw new ArgumentException("A row's key has at least one byte.", nameof(key));
        }
    }
}
