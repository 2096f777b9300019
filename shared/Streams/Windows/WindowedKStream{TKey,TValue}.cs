using System.Diagnostics.CodeAnalysis;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.Windows;

/// <summary>A stream whose records are taken together by key and by window of event time, to be aggregated in a store. Records without
/// key are ignored and counted. A record that comes after its window was closed is late: it is counted, and goes to the output that
/// <see cref="LateTo"/> names.</summary>
/// <remarks>The result's timestamp is the highest of the records that it is made of. Where a batch is folded (the default) there is one
/// update per window and batch. Not safe for concurrent building.</remarks>
/// <typeparam name="TKey">Type of the keys.</typeparam>
/// <typeparam name="TValue">Type of the values.</typeparam>
[SuppressMessage("Naming", "CA1711", Justification = "The name that Kafka Streams gave it.")]
public abstract class WindowedKStream<TKey, TValue>
{
    private protected WindowedKStream(Windowing<TKey, TValue> windowing) => Windowing = windowing;

    private protected Windowing<TKey, TValue> Windowing { get; }

    /// <summary>Emits one result per window, when it is closed, instead of every update.</summary>
    public WindowedKStream<TKey, TValue> EmitFinal() => With(Windowing with { EmitsFinal = true });

    /// <summary>Sends late records, as they came, to an output, with the header <c>kf-late-by</c>.</summary>
    /// <param name="output">Name of the output: the property of the function's result.</param>
    public WindowedKStream<TKey, TValue> LateTo(string output)
    {
        ArgumentException.ThrowIfNullOrEmpty(output);
        return With(Windowing with { LateOutput = output });
    }

    /// <summary>Counts the records of each key and window.</summary>
    /// <param name="store">Name of the store.</param>
    public KTable<Windowed<TKey>, long> Count(string store) =>
        Add(store, "Count", static (_, _) => 1L, static (_, _, count) => count + 1, Serdes.Int64);

    /// <summary>Joins each record's value with what its window has; the first one is taken as it is.</summary>
    /// <param name="reducer">What the window has, and the record's value, to what the window has then; null deletes it.</param>
    /// <param name="store">Name of the store.</param>
    /// <param name="value">How values are stored.</param>
    public KTable<Windowed<TKey>, TValue> Reduce(Func<TValue, TValue, TValue> reducer, string store, ISerde<TValue> value)
    {
        ArgumentNullException.ThrowIfNull(reducer);
        ArgumentNullException.ThrowIfNull(value);
        return Add(store, "Reduce", static (_, first) => first, (_, next, now) => reducer(now, next), value);
    }

    /// <summary>Takes each record into its window's aggregate.</summary>
    /// <param name="initializer">The aggregate of a window without one; a new object each time.</param>
    /// <param name="aggregator">Key, value and aggregate to the new aggregate; may change and return the one it got; null deletes it.</param>
    /// <param name="store">Name of the store.</param>
    /// <param name="aggregate">How aggregates are stored.</param>
    public KTable<Windowed<TKey>, TAggregate> Aggregate<TAggregate>(
        Func<TAggregate> initializer, Func<TKey, TValue, TAggregate, TAggregate> aggregator, string store, ISerde<TAggregate> aggregate)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        ArgumentNullException.ThrowIfNull(aggregator);
        ArgumentNullException.ThrowIfNull(aggregate);
        return Add(store, "Aggregate", (key, value) => aggregator(key, value, initializer()), aggregator, aggregate);
    }

    private protected abstract WindowedKStream<TKey, TValue> With(Windowing<TKey, TValue> windowing);

    private protected abstract KTable<Windowed<TKey>, TState> Add<TState>(
        string store, string kind, Func<TKey, TValue, TState> first, Func<TKey, TValue, TState, TState> aggregator, ISerde<TState> state);
}
