using System.Diagnostics.CodeAnalysis;
using KafkaFunctions.Streams.Processing;

namespace KafkaFunctions.Streams.Tables;

/// <summary>A table that is being described: the latest value per key, kept in a store, and the stream of its changes.</summary>
/// <remarks>Not safe for concurrent building.</remarks>
[SuppressMessage("Naming", "CA1711", Justification = "The name that Kafka Streams gave it.")]
public sealed class KTable<TKey, TValue>
{
    private readonly StreamProcessor _processor;
    private readonly Downstream<TKey, Change<TValue>> _output;
    private readonly Action _keepOld;

    internal KTable(StreamProcessor processor, Downstream<TKey, Change<TValue>> output, Action keepOld)
    {
        _processor = processor;
        _output = output;
        _keepOld = keepOld;
    }

    /// <summary>The table's changes as a stream: a key's new value, or null where it was deleted.</summary>
    /// <exception cref="InvalidOperationException">Values cannot be null, and are deleted.</exception>
    public KStream<TKey, TValue> ToStream()
    {
        var output = new Downstream<TKey, TValue>();
        _processor.ThrowIfFrozen();
        _output.Add(new MapNode<TKey, Change<TValue>, TKey, TValue>(record => record.WithValue(record.Value.New), output));
        return new KStream<TKey, TValue>(_processor, output, hasNewKeys: false);
    }
}
