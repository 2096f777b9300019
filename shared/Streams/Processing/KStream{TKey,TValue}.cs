using System.Diagnostics.CodeAnalysis;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Processing;

/// <summary>A stream of records that is being described, with the stateless operators of Kafka Streams. Nothing happens before
/// the <see cref="StreamProcessor"/> runs.</summary>
/// <remarks>Operators keep a record's timestamp and headers unless they say otherwise. The functions given to them must not
/// depend on anything but the record, or what a redelivered record gives would differ; they are called by several threads at
/// once, each with records of other partitions. A stream may be used more than once: each use sees every record, in the order
/// in which the uses were added. Not safe for concurrent building.</remarks>
[SuppressMessage("Naming", "CA1711", Justification = "The name that Kafka Streams gave it.")]
public sealed partial class KStream<TKey, TValue>
{
    private readonly StreamProcessor _processor;
    private readonly Downstream<TKey, TValue> _output;
    private readonly bool _hasNewKeys;

    /// <param name="processor">The processor that it is a part of.</param>
    /// <param name="output">What takes its records.</param>
    /// <param name="hasNewKeys">Whether keys are not those of the input topic, so that records of one come from several partitions.</param>
    internal KStream(StreamProcessor processor, Downstream<TKey, TValue> output, bool hasNewKeys)
    {
        _processor = processor;
        _output = output;
        _hasNewKeys = hasNewKeys;
    }

    /// <summary>Keeps the records for which the predicate holds.</summary>
    public KStream<TKey, TValue> Filter(Func<TKey, TValue, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return FilterRecord(record => predicate(record.Key, record.Value));
    }

    /// <summary>Drops the records for which the predicate holds.</summary>
    public KStream<TKey, TValue> FilterNot(Func<TKey, TValue, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return FilterRecord(record => !predicate(record.Key, record.Value));
    }

    /// <summary>Keeps the records for which the predicate, which also sees timestamp and headers, holds.</summary>
    public KStream<TKey, TValue> FilterRecord(Func<Record<TKey, TValue>, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        var output = new Downstream<TKey, TValue>();
        return Add(new FilterNode<TKey, TValue>(predicate, output), output, _hasNewKeys);
    }

    /// <summary>Takes each record's event time from the record itself.</summary>
    /// <param name="extractor">Key and value to milliseconds since 1970-01-01 UTC.</param>
    public KStream<TKey, TValue> WithTimestamp(Func<TKey, TValue, long> extractor)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        return Map(record => record.WithTimestamp(extractor(record.Key, record.Value)), _hasNewKeys);
    }

    /// <summary>Gives each record another key and value.</summary>
    public KStream<TNewKey, TNewValue> Map<TNewKey, TNewValue>(Func<TKey, TValue, KeyValue<TNewKey, TNewValue>> mapper)
    {
        ArgumentNullException.ThrowIfNull(mapper);
        return MapRecord(record =>
        {
            var (key, value) = mapper(record.Key, record.Value);
            return record.With(key, value);
        });
    }

    /// <summary>Gives each record another value.</summary>
    public KStream<TKey, TNewValue> MapValues<TNewValue>(Func<TValue, TNewValue> mapper)
    {
        ArgumentNullException.ThrowIfNull(mapper);
        return Map(record => record.WithValue(mapper(record.Value)), _hasNewKeys);
    }

    /// <summary>Gives each record another value, which may depend on its key.</summary>
    public KStream<TKey, TNewValue> MapValues<TNewValue>(Func<TKey, TValue, TNewValue> mapper)
    {
        ArgumentNullException.ThrowIfNull(mapper);
        return Map(record => record.WithValue(mapper(record.Key, record.Value)), _hasNewKeys);
    }

    /// <summary>Makes each record another one, with its own timestamp and headers.</summary>
    public KStream<TNewKey, TNewValue> MapRecord<TNewKey, TNewValue>(Func<Record<TKey, TValue>, Record<TNewKey, TNewValue>> mapper)
    {
        ArgumentNullException.ThrowIfNull(mapper);
        return Map(mapper, hasNewKeys: true);
    }

    /// <summary>Gives each record another key.</summary>
    public KStream<TNewKey, TValue> SelectKey<TNewKey>(Func<TKey, TValue, TNewKey> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return MapRecord(record => record.WithKey(selector(record.Key, record.Value)));
    }

    /// <summary>Makes each record any number of records, none included.</summary>
    public KStream<TNewKey, TNewValue> FlatMap<TNewKey, TNewValue>(
        Func<TKey, TValue, IEnumerable<KeyValue<TNewKey, TNewValue>>> mapper)
    {
        ArgumentNullException.ThrowIfNull(mapper);
        return Expand(record => mapper(record.Key, record.Value), static (record, pair) => record.With(pair.Key, pair.Value), hasNewKeys: true);
    }

    /// <summary>Makes each record any number of records with its key, none included.</summary>
    public KStream<TKey, TNewValue> FlatMapValues<TNewValue>(Func<TValue, IEnumerable<TNewValue>> mapper)
    {
        ArgumentNullException.ThrowIfNull(mapper);
        return Expand(record => mapper(record.Value), static (record, value) => record.WithValue(value), _hasNewKeys);
    }

    /// <summary>Makes each record any number of records with its key, which their values may depend on.</summary>
    public KStream<TKey, TNewValue> FlatMapValues<TNewValue>(Func<TKey, TValue, IEnumerable<TNewValue>> mapper)
    {
        ArgumentNullException.ThrowIfNull(mapper);
        return Expand(record => mapper(record.Key, record.Value), static (record, value) => record.WithValue(value), _hasNewKeys);
    }

    /// <summary>Makes each record any number of records, each with its own timestamp and headers.</summary>
    public KStream<TNewKey, TNewValue> FlatMapRecord<TNewKey, TNewValue>(
        Func<Record<TKey, TValue>, IEnumerable<Record<TNewKey, TNewValue>>> mapper)
    {
        ArgumentNullException.ThrowIfNull(mapper);
        return Expand(mapper, static (_, record) => record, hasNewKeys: true);
    }

    /// <summary>Does something with each record as it passes, such as counting it. It happens again when the record is
    /// delivered again.</summary>
    public KStream<TKey, TValue> Peek(Action<TKey, TValue> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var output = new Downstream<TKey, TValue>();
        return Add(new PeekNode<TKey, TValue>(action, output), output, _hasNewKeys);
    }

    /// <summary>The records of both streams. A record that is in both is there twice.</summary>
    /// <param name="other">A stream that comes from the same <see cref="KStream.From"/>.</param>
    /// <exception cref="ArgumentException">The streams come from different sources.</exception>
    public KStream<TKey, TValue> Merge(KStream<TKey, TValue> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!ReferenceEquals(_processor, other._processor))
        {
            throw new ArgumentException(
                "Only streams of one KStream.From can be merged: a function has one input topic. Let both functions write to one topic instead.",
                nameof(other));
        }

        var output = new Downstream<TKey, TValue>();
        var node = new MergeNode<TKey, TValue>(output);
        other.Add(node, output, _hasNewKeys);
        return Add(node, output, _hasNewKeys || other._hasNewKeys);
    }

    /// <summary>Splits the stream: add branches, then <c>Default</c> or <c>NoDefault</c>.</summary>
    public BranchedKStream<TKey, TValue> Split()
    {
        var node = new BranchNode<TKey, TValue>();
        Add(node, node.Default, _hasNewKeys);
        return new BranchedKStream<TKey, TValue>(_processor, node, _hasNewKeys);
    }

    /// <summary>Makes the records an output of the function. What reaches no <c>To</c> is dropped.</summary>
    /// <param name="key">How keys are written.</param>
    /// <param name="value">How values are written.</param>
    /// <param name="output">Name of the output; several ends may have the same. Default: the function's return value.</param>
    /// <returns>The processor, which all ends that come from one <see cref="KStream.From"/> share.</returns>
    public StreamProcessor To(ISerializer<TKey> key, ISerializer<TValue> value, string output = StreamProcessor.ReturnOutput)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentException.ThrowIfNullOrEmpty(output);
        _output.Add(new SinkNode<TKey, TValue>(key, value, _processor.AddOutput(output)));
        return _processor;
    }

    private KStream<TNewKey, TNewValue> Map<TNewKey, TNewValue>(
        Func<Record<TKey, TValue>, Record<TNewKey, TNewValue>> mapper, bool hasNewKeys)
    {
        var output = new Downstream<TNewKey, TNewValue>();
        return Add(new MapNode<TKey, TValue, TNewKey, TNewValue>(mapper, output), output, hasNewKeys);
    }

    private KStream<TNewKey, TNewValue> Expand<TItem, TNewKey, TNewValue>(
        Func<Record<TKey, TValue>, IEnumerable<TItem>> expand,
        Func<Record<TKey, TValue>, TItem, Record<TNewKey, TNewValue>> project,
        bool hasNewKeys)
    {
        var output = new Downstream<TNewKey, TNewValue>();
        return Add(new FlatMapNode<TKey, TValue, TItem, TNewKey, TNewValue>(expand, project, output), output, hasNewKeys);
    }

    private KStream<TNewKey, TNewValue> Add<TNewKey, TNewValue>(
        StreamNode<TKey, TValue> node, Downstream<TNewKey, TNewValue> output, bool hasNewKeys)
    {
        _processor.ThrowIfFrozen();
        _output.Add(node);
        return new KStream<TNewKey, TNewValue>(_processor, output, hasNewKeys);
    }
}
