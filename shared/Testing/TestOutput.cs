using System.Diagnostics.CodeAnalysis;
using System.Text;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Testing.Brokers;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Testing;

/// <summary>Reads a topic, from its beginning; records of all partitions in the order in which they came. Not safe for concurrent
/// use.</summary>
/// <typeparam name="TKey">Type of keys.</typeparam>
/// <typeparam name="TValue">Type of values.</typeparam>
public sealed class TestOutput<TKey, TValue>
{
    private readonly OutputView _view;
    private readonly IDeserializer<TKey> _key;
    private readonly IDeserializer<TValue> _value;
    private int _next;

    internal TestOutput(OutputView view, IDeserializer<TKey> key, IDeserializer<TValue> value)
    {
        _view = view;
        _key = key;
        _value = value;
    }

    /// <summary>The topic.</summary>
    public string Topic => _view.Topic;

    /// <summary>Whether every record was read.</summary>
    public bool IsEmpty => Unread == 0;

    /// <summary>How many records were not read yet.</summary>
    public int Unread => _view.Records.Count - _next;

    /// <summary>All records of the topic, read or not. Nothing is read by it.</summary>
    public IReadOnlyList<TestRecord<TKey, TValue>> Records => [.. _view.Records.Select(Read)];

    /// <summary>The topic without copies, from its beginning: as a function with state sees it that reads the topic. It has a position
    /// of its own.</summary>
    public TestOutput<TKey, TValue> Deduplicated() => new(_view.WithoutCopies, _key, _value);

    /// <summary>Reads the next record.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public TestRecord<TKey, TValue> Read() =>
        TryRead(out var record) ? record : throw new InvalidOperationException($"Topic '{Topic}' has no further record.");

    /// <summary>Reads the next record, if there is one.</summary>
    /// <param name="record">The record; null where there is none.</param>
    public bool TryRead([NotNullWhen(true)] out TestRecord<TKey, TValue>? record)
    {
        record = IsEmpty ? null : Read(_view.Records[_next++]);
        return record is not null;
    }

    /// <summary>Reads the value of the next record.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public TValue ReadValue() => Read().Value;

    /// <summary>Reads key and value of the next record.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public (TKey Key, TValue Value) ReadKeyValue()
    {
        var (key, value) = Read();
        return (key, value);
    }

    /// <summary>Reads all records that are left.</summary>
    public IReadOnlyList<TestRecord<TKey, TValue>> ReadAll()
    {
        var records = _view.Records.Skip(_next).Select(Read).ToList();
        _next += records.Count;
        return records;
    }

    /// <summary>Reads all records that are left, as keys and values.</summary>
    public IReadOnlyList<(TKey Key, TValue Value)> ReadKeyValues() => [.. ReadAll().Select(record => (record.Key, record.Value))];

    /// <summary>Reads all records that are left, and keeps the last value of each key; those without key are left out. Keys must be
    /// comparable by <see cref="object.Equals(object?)"/>: byte arrays are not.</summary>
    public IReadOnlyDictionary<TKey, TValue> ReadLastByKey()
    {
#pragma warning disable CS8714 // Records without key are left out.
        var last = new Dictionary<TKey, TValue>();
#pragma warning restore CS8714
        foreach (var (key, value) in ReadAll())
        {
            if (key is not null)
            {
                last[key] = value;
            }
        }

        return last;
    }

    private TestRecord<TKey, TValue> Read(KafkaRecord record)
    {
        try
        {
            return new TestRecord<TKey, TValue>(_key.Deserialize(record.Key), _value.Deserialize(record.Value))
            {
                Timestamp = record.Timestamp!.UnixTimestampMs,
                Headers = [.. record.Headers.Where(header => header.Key != HeaderNames.Identity).Select(header => new RecordHeader(header.Key, header.Value))],
                Topic = record.Topic,
                Partition = record.Partition,
                Offset = record.Offset,
                Identity = CopyFilter.IdentityOf(record) is { } identity ? Encoding.ASCII.GetString(identity) : null,
            };
        }
        catch (SerializationException unreadable)
        {
            throw new SerializationException(
                FormattableString.Invariant($"Offset {record.Offset} of {record.Topic}/{record.Partition} cannot be read: {unreadable.Message}"), innerException: unreadable);
        }
    }
}
