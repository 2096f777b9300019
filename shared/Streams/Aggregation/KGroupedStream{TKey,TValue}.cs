using System.Diagnostics.CodeAnalysis;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>A stream whose records are taken together by key, to be aggregated in a store. Records without key, and those
/// without value, are ignored and counted (Process takes those without value). The result's timestamp is the highest of the records that it is made of.</summary>
/// <remarks>A store belongs to one operator of one function, under a name of 3 to 63 of <c>a-z 0-9 -</c>. Where a batch is folded
/// (the default) there is one update per key and batch. Not safe for concurrent building.</remarks>
[SuppressMessage("Naming", "CA1711", Justification = "The name that Kafka Streams gave it.")]
public sealed class KGroupedStream<TKey, TValue>
{
    private readonly StreamProcessor _processor;
    private readonly Downstream<TKey, TValue> _input;
    private readonly ISerde<TKey> _key;
    private readonly bool _hasSeveralWriters;

    internal KGroupedStream(StreamProcessor processor, Downstream<TKey, TValue> input, ISerde<TKey> key, bool hasSeveralWriters)
    {
        _processor = processor;
        _input = input;
        _key = key;
        _hasSeveralWriters = hasSeveralWriters;
    }

    /// <summary>Counts the records of each key.</summary>
    /// <param name="store">Name of the store.</param>
    public KTable<TKey, long> Count(string store)
    {
        var output = new Downstream<TKey, Change<long>>();
        return Add(store, "Count", new AggregateOperator<TKey, TValue, long>(() => 0, (_, _, count) => count + 1, Serdes.Int64, output) { HasSeveralWriters = _hasSeveralWriters }, output);
    }

    /// <summary>Joins each record's value with what its key has; the first one is taken as it is.</summary>
    /// <param name="reducer">What the key has, and the record's value, to what the key has then; null deletes it.</param>
    /// <param name="store">Name of the store.</param>
    /// <param name="value">How values are stored.</param>
    public KTable<TKey, TValue> Reduce(Func<TValue, TValue, TValue> reducer, string store, ISerde<TValue> value)
    {
        ArgumentNullException.ThrowIfNull(reducer);
        ArgumentNullException.ThrowIfNull(value);
        var output = new Downstream<TKey, Change<TValue>>();
        return Add(store, "Reduce", new ReduceOperator<TKey, TValue>(reducer, value, output) { HasSeveralWriters = _hasSeveralWriters }, output);
    }

    /// <summary>Takes each record into its key's aggregate.</summary>
    /// <param name="initializer">The aggregate of a key without one; a new object each time.</param>
    /// <param name="aggregator">Key, value and aggregate to the new aggregate; may change and return the one it got; null deletes it.</param>
    /// <param name="store">Name of the store.</param>
    /// <param name="aggregate">How aggregates are stored.</param>
    public KTable<TKey, TAggregate> Aggregate<TAggregate>(
        Func<TAggregate> initializer, Func<TKey, TValue, TAggregate, TAggregate> aggregator, string store, ISerde<TAggregate> aggregate)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        ArgumentNullException.ThrowIfNull(aggregator);
        ArgumentNullException.ThrowIfNull(aggregate);
        var output = new Downstream<TKey, Change<TAggregate>>();
        return Add(store, "Aggregate", new AggregateOperator<TKey, TValue, TAggregate>(initializer, aggregator, aggregate, output) { HasSeveralWriters = _hasSeveralWriters }, output);
    }

    /// <summary>Processes each record with the state of its key, one after the other: for what the other operators do not do.</summary>
    /// <param name="process">Key, state (null, or the default of a value type, where there is none), record and emitter to the new
    /// state; null deletes it. May change and return the state it got.</param>
    /// <param name="store">Name of the store.</param>
    /// <param name="state">How states are stored.</param>
    /// <param name="output">How what is emitted is stored, until it is published.</param>
    /// <returns>What is emitted, under the record's key.</returns>
    public KStream<TKey, TOut> Process<TState, TOut>(
        StateProcess<TKey, TValue, TState, TOut> process, string store, ISerde<TState> state, ISerde<TOut> output)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(output);
        var emissions = new Downstream<TKey, TOut>();
        var states = new ProcessOperator<TKey, TValue, TState, TOut>(process, state, output, emissions);
        var barrier = _processor.AddBarrier(new KeyedBarrier<TKey, TValue>(store, "Process", isSecondStage: false, _key, states));
        _input.Add(new CollectNode<TKey, TValue>(_key, needsValue: false, barrier));
        return new KStream<TKey, TOut>(_processor, emissions, _hasSeveralWriters);
    }

    /// <summary>Takes the records together by tumbling or hopping windows, too.</summary>
    /// <param name="windows">The windows.</param>
    /// <exception cref="InvalidOperationException">The stream has new keys: windows are closed by the clock of the partition that a key's
    /// records come from. Write to a topic with the new keys, and window that.</exception>
    public WindowedKStream<TKey, TValue> WindowedBy(TimeWindows windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return new TimeWindowedKStream<TKey, TValue>(Windowing(), windows);
    }

    /// <summary>Takes the records together by sliding windows, too. Records without value are ignored, as in Kafka Streams.</summary>
    /// <param name="windows">The windows.</param>
    /// <inheritdoc cref="WindowedBy(TimeWindows)" path="/exception"/>
    public WindowedKStream<TKey, TValue> WindowedBy(SlidingWindows windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return new SlidingWindowedKStream<TKey, TValue>(Windowing(), windows);
    }

    /// <summary>Takes the records together by sessions, too.</summary>
    /// <param name="windows">The sessions.</param>
    /// <inheritdoc cref="WindowedBy(TimeWindows)" path="/exception"/>
    public SessionWindowedKStream<TKey, TValue> WindowedBy(SessionWindows windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return new SessionWindowedKStream<TKey, TValue>(Windowing(), windows);
    }

    private Windowing<TKey, TValue> Windowing() => _hasSeveralWriters
        ? throw new InvalidOperationException(
            "A stream with new keys cannot be windowed: its windows are closed by the clock of the partition that a key's records come from, and these come from several. Write it to a topic, and make the windows in a function of their own.")
        : new Windowing<TKey, TValue>(_processor, _input, _key);

    private KTable<TKey, TState> Add<TState>(
        string store, string kind, TableOperator<TKey, TValue, TState> @operator, Downstream<TKey, Change<TState>> output)
    {
        var barrier = _processor.AddBarrier(new KeyedBarrier<TKey, TValue>(store, kind, isSecondStage: false, _key, @operator));
        _input.Add(new CollectNode<TKey, TValue>(_key, needsValue: true, barrier));
        return new KTable<TKey, TState>(_processor, output, () => @operator.KeepsOld = true, canDelete: false);
    }
}
