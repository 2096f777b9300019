using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Processing;

/// <summary>A record on its way through a stream. Operators never change it: the With methods make another one.</summary>
public readonly record struct Record<TKey, TValue>
{
    /// <summary>Creates a record.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="timestamp">Milliseconds since 1970-01-01 UTC, or <see cref="InputRecord.NoTimestamp"/>.</param>
    /// <param name="headers">The headers in the order they are sent; not to be changed afterwards.</param>
    public Record(TKey key, TValue value, long timestamp, RecordHeader[] headers)
    {
        Key = key;
        Value = value;
        Timestamp = timestamp;
        RawHeaders = headers;
    }

    /// <summary>The key.</summary>
    public TKey Key { get; }

    /// <summary>The value.</summary>
    public TValue Value { get; }

    /// <summary>Event time in milliseconds since 1970-01-01 UTC; <see cref="InputRecord.NoTimestamp"/> where it has none.</summary>
    public long Timestamp { get; }

    /// <summary>The headers without the platform's identity header.</summary>
    public RecordHeader[] Headers => RawHeaders is null ? [] : PlatformHeaders.Without(RawHeaders, out _);

    // With the identity header, which a record that goes nowhere need not be rid of.
    internal RecordHeader[]? RawHeaders { get; }

    /// <summary>The same record with another key.</summary>
    public Record<TNewKey, TValue> WithKey<TNewKey>(TNewKey key) => new(key, Value, Timestamp, RawHeaders!);

    /// <summary>The same record with another value.</summary>
    public Record<TKey, TNewValue> WithValue<TNewValue>(TNewValue value) => new(Key, value, Timestamp, RawHeaders!);

    /// <summary>The same record with another key and value.</summary>
    public Record<TNewKey, TNewValue> With<TNewKey, TNewValue>(TNewKey key, TNewValue value) => new(key, value, Timestamp, RawHeaders!);

    /// <summary>The same record with another event time.</summary>
    /// <param name="timestamp">Milliseconds since 1970-01-01 UTC. A time before 1970 cannot be stored by Kafka and makes the record poison.</param>
    public Record<TKey, TValue> WithTimestamp(long timestamp) => new(Key, Value, timestamp, RawHeaders!);

    /// <summary>The same record with another event time, in whole milliseconds.</summary>
    public Record<TKey, TValue> WithTimestamp(DateTimeOffset timestamp) => WithTimestamp(timestamp.ToUnixTimeMilliseconds());

    /// <summary>The same record with other headers.</summary>
    public Record<TKey, TValue> WithHeaders(RecordHeader[] headers) => new(Key, Value, Timestamp, headers);

    /// <summary>The same record with one header more, after the others.</summary>
    public Record<TKey, TValue> WithHeader(RecordHeader header) => WithHeaders([.. Headers, header]);
}
