using System.Diagnostics.CodeAnalysis;
using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Streams.Tables;

/// <summary>A table that is being described: the latest value per key, kept in a store, and the stream of its changes.</summary>
/// <remarks>Not safe for concurrent building.</remarks>
[SuppressMessage("Naming", "CA1711", Justification = "The name that Kafka Streams gave it.")]
public sealed class KTable<TKey, TValue>
{
    private readonly StreamProcessor _processor;
    private readonly Downstream<TKey, Change<TValue>> _output;
    private readonly Action _keepOld;
    private readonly bool _canDelete;
    private readonly Func<Suppressed, KTable<TKey, TValue>>? _suppress;

    /// <param name="processor">The processor that it is a part of.</param>
    /// <param name="output">What takes its changes.</param>
    /// <param name="keepOld">Called when changes need the value before.</param>
    /// <param name="canDelete">Whether values are deleted though their type has no null.</param>
    /// <param name="suppress">Holds results back; null where there are none to be.</param>
    internal KTable(
        StreamProcessor processor,
        Downstream<TKey, Change<TValue>> output,
        Action keepOld,
        bool canDelete,
        Func<Suppressed, KTable<TKey, TValue>>? suppress = null)
    {
        _suppress = suppress;
        _processor = processor;
        _output = output;
        _keepOld = keepOld;
        _canDelete = canDelete;
    }

    /// <summary>Keeps the values for which the predicate holds; a key whose value no longer does is deleted downstream.</summary>
    public KTable<TKey, TValue> Filter(Func<TKey, TValue, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        _keepOld();
        var output = new Downstream<TKey, Change<TValue>>();
        return Add(new TableFilterNode<TKey, TValue>(predicate, output), output, canDelete: default(TValue) is not null);
    }

    /// <summary>Drops the values for which the predicate holds.</summary>
    public KTable<TKey, TValue> FilterNot(Func<TKey, TValue, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Filter((key, value) => !predicate(key, value));
    }

    /// <summary>Gives each key another value; null deletes.</summary>
    public KTable<TKey, TNewValue> MapValues<TNewValue>(Func<TValue, TNewValue> mapper)
    {
        ArgumentNullException.ThrowIfNull(mapper);
        return MapValues((_, value) => mapper(value));
    }

    /// <summary>Gives each key another value, which may depend on the key; null deletes.</summary>
    public KTable<TKey, TNewValue> MapValues<TNewValue>(Func<TKey, TValue, TNewValue> mapper)
    {
        ArgumentNullException.ThrowIfNull(mapper);
        var output = new Downstream<TKey, Change<TNewValue>>();
        return Add(new TableMapNode<TKey, TValue, TNewValue>(mapper, output), output, _canDelete);
    }

    /// <summary>Takes values together by another key, to aggregate them in a store of their own.</summary>
    /// <param name="selector">The group of a key's value, and what of it is aggregated; the value is ignored where one is null.</param>
    /// <param name="key">How the groups' keys are stored.</param>
    public KGroupedTable<TGroup, TItem> GroupBy<TGroup, TItem>(Func<TKey, TValue, KeyValue<TGroup, TItem>> selector, ISerde<TGroup> key)
    {
        ArgumentNullException.ThrowIfNull(selector);
        ArgumentNullException.ThrowIfNull(key);
        _keepOld();
        return new KGroupedTable<TGroup, TItem>(_processor, key, barrier => _output.Add(new RegroupNode<TKey, TValue, TGroup, TItem>(selector, key, barrier)));
    }

    /// <summary>Holds results of windows back.</summary>
    /// <param name="suppressed">Until when. An aggregation has one time limit.</param>
    /// <returns>A table of its own; this one goes on with every update.</returns>
    /// <exception cref="InvalidOperationException">The table is not that of a windowed aggregation itself; or it has another time limit, or
    /// final results alone.</exception>
    public KTable<TKey, TValue> Suppress(Suppressed suppressed)
    {
        ArgumentNullException.ThrowIfNull(suppressed);
        return _suppress is null
            ? throw new InvalidOperationException("Only the results of a windowed aggregation can be held back. Suppress right behind Count, Reduce or Aggregate, before Filter and MapValues.")
            : _suppress(suppressed);
    }

    /// <summary>The table's changes as a stream: a key's new value, or null where it was deleted.</summary>
    /// <exception cref="InvalidOperationException">Values are deleted, and their type has no null.</exception>
    public KStream<TKey, TValue> ToStream()
    {
        if (_canDelete && default(TValue) is not null)
        {
            throw new InvalidOperationException(
                $"The table deletes values, and a stream of {typeof(TValue).Name} has no null to say so. Write the table with To, or make its values nullable first: MapValues(value => ({typeof(TValue).Name}?)value).");
        }

        _processor.ThrowIfFrozen();
        var output = new Downstream<TKey, TValue>();
        _output.Add(new MapNode<TKey, Change<TValue>, TKey, TValue>(record => record.WithValue(record.Value.HasNew ? record.Value.New : default!), output));
        return new KStream<TKey, TValue>(_processor, output, hasNewKeys: false);
    }

    /// <summary>Makes the table's changes an output of the function, with tombstones for what is deleted.</summary>
    /// <param name="key">How keys are written.</param>
    /// <param name="value">How values are written.</param>
    /// <param name="output">Name of the output. Default: the function's return value.</param>
    public StreamProcessor To(ISerializer<TKey> key, ISerializer<TValue> value, string output = StreamProcessor.ReturnOutput)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentException.ThrowIfNullOrEmpty(output);
        _output.Add(new TableSinkNode<TKey, TValue>(key, value, _processor.AddOutput(output)));
        return _processor;
    }

    /// <summary>Ends the description of a table that is kept and not published.</summary>
    /// <returns>The processor.</returns>
    public StreamProcessor Build() => _processor;

    private KTable<TKey, TNewValue> Add<TNewValue>(
        StreamNode<TKey, Change<TValue>> node, Downstream<TKey, Change<TNewValue>> output, bool canDelete)
    {
        _processor.ThrowIfFrozen();
        _output.Add(node);
        return new KTable<TKey, TNewValue>(_processor, output, _keepOld, canDelete);
    }
}
