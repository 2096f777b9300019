using System.Diagnostics.CodeAnalysis;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>A table whose values are taken together by another key, to be aggregated in a store: when a value changes, the old one
/// is taken out of its group first, then the new one is taken in. Updates carry the header <c>kf-version</c>, as several instances
/// write a group.</summary>
/// <remarks>Not safe for concurrent building.</remarks>
/// <typeparam name="TKey">Type of the groups' keys.</typeparam>
/// <typeparam name="TValue">Type of what is taken into groups.</typeparam>
[SuppressMessage("Naming", "CA1711", Justification = "The name that Kafka Streams gave it.")]
public sealed class KGroupedTable<TKey, TValue>
{
    private readonly StreamProcessor _processor;
    private readonly ISerde<TKey> _key;
    private readonly Action<int> _connect;

    internal KGroupedTable(StreamProcessor processor, ISerde<TKey> key, Action<int> connect)
    {
        _processor = processor;
        _key = key;
        _connect = connect;
    }

    /// <summary>Counts the values of each group.</summary>
    /// <param name="store">Name of the store.</param>
    public KTable<TKey, long> Count(string store) =>
        Add(store, "TableCount", (_, _) => 1, (_, _, count) => count + 1, (_, _, count) => count - 1, Serdes.Int64);

    /// <summary>Joins each value with what its group has; the first one is taken as it is.</summary>
    /// <param name="adder">What the group has, and the value that enters.</param>
    /// <param name="subtractor">What the group has, and the value that leaves; null where nothing is left.</param>
    /// <param name="store">Name of the store.</param>
    /// <param name="value">How values are stored.</param>
    public KTable<TKey, TValue> Reduce(Func<TValue, TValue, TValue> adder, Func<TValue, TValue, TValue> subtractor, string store, ISerde<TValue> value)
    {
        ArgumentNullException.ThrowIfNull(adder);
        ArgumentNullException.ThrowIfNull(subtractor);
        ArgumentNullException.ThrowIfNull(value);
        return Add(store, "TableReduce", (_, item) => item, (_, item, now) => adder(now, item), (_, item, now) => subtractor(now, item), value);
    }

    /// <summary>Takes values into their group's aggregate, and out of it.</summary>
    /// <param name="initializer">The aggregate of a group without one; a new object each time.</param>
    /// <param name="adder">Group, the value that enters, and aggregate to the new aggregate.</param>
    /// <param name="subtractor">Group, the value that leaves, and aggregate to the new aggregate; null where nothing is left.</param>
    /// <param name="store">Name of the store.</param>
    /// <param name="aggregate">How aggregates are stored.</param>
    public KTable<TKey, TAggregate> Aggregate<TAggregate>(
        Func<TAggregate> initializer,
        Func<TKey, TValue, TAggregate, TAggregate> adder,
        Func<TKey, TValue, TAggregate, TAggregate> subtractor,
        string store,
        ISerde<TAggregate> aggregate)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        ArgumentNullException.ThrowIfNull(adder);
        ArgumentNullException.ThrowIfNull(subtractor);
        ArgumentNullException.ThrowIfNull(aggregate);
        return Add(store, "TableAggregate", (key, item) => adder(key, item, initializer()), adder, subtractor, aggregate);
    }

    private KTable<TKey, TState> Add<TState>(
        string store,
        string kind,
        Func<TKey, TValue, TState> first,
        Func<TKey, TValue, TState, TState> adder,
        Func<TKey, TValue, TState, TState> subtractor,
        ISerde<TState> state)
    {
        var output = new Downstream<TKey, Change<TState>>();
        var groups = new GroupedTableOperator<TKey, TValue, TState>(first, adder, subtractor, state, output) { HasSeveralWriters = true };
        _connect(_processor.AddBarrier(new KeyedBarrier<TKey, GroupChange<TValue>>(store, kind, isSecondStage: true, _key, groups)));
        return new KTable<TKey, TState>(_processor, output, () => groups.KeepsOld = true, canDelete: false);
    }
}
