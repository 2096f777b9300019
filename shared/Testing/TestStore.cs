using System.Diagnostics.CodeAnalysis;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Queries;

namespace KafkaFunctions.Testing;

/// <summary>What a function keeps in a store, as queries see it, now. A store that no function has made yet is empty.</summary>
/// <typeparam name="TKey">Type of keys.</typeparam>
/// <typeparam name="TValue">Type of values.</typeparam>
public sealed class TestStore<TKey, TValue>
{
    private const int PageSize = 1_000;

    private readonly StateReader _reader;
    private readonly ISerde<TKey> _key;
    private readonly IDeserializer<TValue> _value;

    internal TestStore(StateReader reader, string name, ISerde<TKey> key, IDeserializer<TValue> value)
    {
        _reader = reader;
        Name = name;
        _key = key;
        _value = value;
    }

    /// <summary>The store's name.</summary>
    public string Name { get; }

    /// <summary>How many keys have a value.</summary>
    public int Count => All().Count;

    /// <summary>The value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">The key has no value.</exception>
    public TValue this[TKey key] => Find(key) is { } entry ? entry.Value : throw new KeyNotFoundException($"Store '{Name}' has no value for key '{key}'.");

    /// <summary>The value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The type's default where the key has none.</returns>
    public TValue? Get(TKey key) => Find(key) is { } entry ? entry.Value : default;

    /// <summary>Whether a key has a value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; the type's default where there is none.</param>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var entry = Find(key);
        value = entry is null ? default : entry.Value;
        return entry is not null;
    }

    /// <summary>The entry of a key; null where the key has no value.</summary>
    /// <param name="key">The key.</param>
    public TestEntry<TKey, TValue>? Find(TKey key) =>
        Ended(_reader.GetAsync(Name, _key.Serialize(key) ?? [])) is { } entry ? Read(entry) : null;

    /// <summary>All entries, in the order of the keys' bytes.</summary>
    public IReadOnlyList<TestEntry<TKey, TValue>> All()
    {
        var all = new List<TestEntry<TKey, TValue>>();
        byte[]? from = null;
        do
        {
            var page = Ended(_reader.ListAsync(Name, new StateRequest { From = from, Limit = PageSize }));
            all.AddRange(page.Entries.Select(Read));
            from = page.Next;
        }
        while (from is not null);
        return all;
    }

    private TestEntry<TKey, TValue> Read(StateEntry entry) =>
        new(_key.Deserialize(entry.Key), _value.Deserialize(entry.Value)) { Timestamp = entry.Timestamp, Version = entry.Version };

    // State in memory answers before the call returns.
    private static T Ended<T>(Task<T> call) => call.GetAwaiter().GetResult();
}
