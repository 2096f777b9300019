using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Testing;

/// <summary>Pipes records into a topic. Not safe for concurrent use.</summary>
/// <typeparam name="TKey">Type of keys.</typeparam>
/// <typeparam name="TValue">Type of values.</typeparam>
public sealed class TestInput<TKey, TValue>
{
    private readonly PipelineTest _test;
    private readonly ISerializer<TKey> _key;
    private readonly ISerializer<TValue> _value;

    internal TestInput(PipelineTest test, string topic, ISerializer<TKey> key, ISerializer<TValue> value, DateTimeOffset startTime, TimeSpan autoAdvance)
    {
        _test = test;
        Topic = topic;
        _key = key;
        _value = value;
        Time = startTime;
        AutoAdvance = autoAdvance;
    }

    /// <summary>The topic.</summary>
    public string Topic { get; }

    /// <summary>Event time of the next record that comes without one.</summary>
    public DateTimeOffset Time { get; set; }

    /// <summary>How far <see cref="Time"/> moves on after each such record.</summary>
    public TimeSpan AutoAdvance { get; set; }

    /// <summary>Moves <see cref="Time"/>; nothing is processed by it.</summary>
    /// <param name="by">How far.</param>
    public void AdvanceTime(TimeSpan by) => Time += by;

    /// <summary>Appends a record, and processes nothing: <see cref="PipelineTest.RunAsync"/> does.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="timestamp">Event time; null (default) for <see cref="Time"/>.</param>
    /// <param name="headers">Headers; null (default) for none.</param>
    /// <param name="partition">The partition; null (default) for the key's, or without key each in turn.</param>
    public void Add(TKey key, TValue value, DateTimeOffset? timestamp = null, IEnumerable<RecordHeader>? headers = null, int? partition = null)
    {
        var milliseconds = (timestamp ?? Time).ToUnixTimeMilliseconds();
        if (timestamp is null)
        {
            Time += AutoAdvance;
        }

        Add(key, value, milliseconds, headers, partition);
    }

    /// <summary>Appends a record, and processes nothing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="timestamp">Event time, in milliseconds since 1970-01-01 UTC.</param>
    /// <param name="headers">Headers; null (default) for none.</param>
    /// <param name="partition">The partition; null (default) for the key's, or without key each in turn.</param>
    public void Add(TKey key, TValue value, long timestamp, IEnumerable<RecordHeader>? headers = null, int? partition = null) => _test.Append(
        Topic,
        new OutputRecord(_key.Serialize(key), _value.Serialize(value)) { Timestamp = timestamp, Headers = headers is null ? [] : [.. headers] },
        partition);

    /// <summary>Appends a record, and runs until every record of every topic is processed.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="timestamp">Event time; null (default) for <see cref="Time"/>.</param>
    /// <param name="headers">Headers; null (default) for none.</param>
    /// <param name="partition">The partition; null (default) for the key's, or without key each in turn.</param>
    /// <exception cref="FunctionFailedException">A function fails in a way that no further delivery mends.</exception>
    public Task PipeAsync(
        TKey key,
        TValue value,
        DateTimeOffset? timestamp = null,
        IEnumerable<RecordHeader>? headers = null,
        int? partition = null)
    {
        Add(key, value, timestamp, headers, partition);
        return _test.RunAsync();
    }

    /// <summary>Appends records and then runs: they are one batch, as far as <see cref="PipelineTestBuilder.MaxBatchSize"/> goes.</summary>
    /// <param name="records">The records; each at <see cref="Time"/>.</param>
    /// <exception cref="FunctionFailedException">A function fails in a way that no further delivery mends.</exception>
    public Task PipeAsync(IEnumerable<(TKey Key, TValue Value)> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        foreach (var (key, value) in records)
        {
            Add(key, value);
        }

        return _test.RunAsync();
    }
}
