using System.Diagnostics.CodeAnalysis;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.Windows;

/// <summary>A stream whose records are taken together by key and by session, to be aggregated in a store. When a record makes sessions
/// one, a tombstone takes each old result back before the new one is emitted. A result's timestamp is the session's end.</summary>
/// <remarks>Records without key are ignored and counted; late ones as in <see cref="WindowedKStream{TKey, TValue}"/>. With
/// <see cref="EmitFinal"/>, and for <see cref="KTable{TKey, TValue}.Suppress"/>, a record within the gap of a closed session that is not
/// late itself makes another session with it, as in Kafka Streams: that has a final result, too. Not safe for concurrent building.</remarks>
/// <typeparam name="TKey">Type of the keys.</typeparam>
/// <typeparam name="TValue">Type of the values.</typeparam>
[SuppressMessage("Naming", "CA1711", Justification = "The name that Kafka Streams gave it.")]
public sealed class SessionWindowedKStream<TKey, TValue>
{
    private readonly Windowing<TKey, TValue> _windowing;
    private readonly SessionWindows _windows;

    internal SessionWindowedKStream(Windowing<TKey, TValue> windowing, SessionWindows windows)
    {
        _windowing = windowing;
        _windows = windows;
    }

    /// <summary>Emits one result per session, when it is closed, instead of every update.</summary>
    public SessionWindowedKStream<TKey, TValue> EmitFinal() => new(_windowing with { EmitsFinal = true }, _windows);

    /// <inheritdoc cref="WindowedKStream{TKey, TValue}.LateTo"/>
    public SessionWindowedKStream<TKey, TValue> LateTo(string output)
    {
        ArgumentException.ThrowIfNullOrEmpty(output);
        return new(_windowing with { LateOutput = output }, _windows);
    }

    /// <summary>Counts the records of each key and session.</summary>
    /// <param name="store">Name of the store.</param>
    public KTable<Windowed<TKey>, long> Count(string store) =>
        Add(store, "Count", static () => 0L, static (_, _) => 1L, static (_, _, count) => count + 1, static (_, left, right) => left + right, Serdes.Int64);

    /// <summary>Joins each record's value with what its session has; the first one is taken as it is.</summary>
    /// <param name="reducer">What the session has, and the record's value, or what another session has, to what it has then; null deletes it.</param>
    /// <param name="store">Name of the store.</param>
    /// <param name="value">How values are stored.</param>
    public KTable<Windowed<TKey>, TValue> Reduce(Func<TValue, TValue, TValue> reducer, string store, ISerde<TValue> value)
    {
        ArgumentNullException.ThrowIfNull(reducer);
        ArgumentNullException.ThrowIfNull(value);
        return Add(
            store, "Reduce", null, static (_, first) => first, (_, next, now) => reducer(now, next), (_, left, right) => reducer(left, right), value);
    }

    /// <summary>Takes each record into its session's aggregate.</summary>
    /// <param name="initializer">The aggregate of a session without one; a new object each time.</param>
    /// <param name="aggregator">Key, value and aggregate to the new aggregate; may change and return the one it got; null deletes it.</param>
    /// <param name="merger">Key and the aggregates of two sessions, the earlier first, to that of both.</param>
    /// <param name="store">Name of the store.</param>
    /// <param name="aggregate">How aggregates are stored.</param>
    public KTable<Windowed<TKey>, TAggregate> Aggregate<TAggregate>(
        Func<TAggregate> initializer,
        Func<TKey, TValue, TAggregate, TAggregate> aggregator,
        Func<TKey, TAggregate, TAggregate, TAggregate> merger,
        string store,
        ISerde<TAggregate> aggregate)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        ArgumentNullException.ThrowIfNull(aggregator);
        ArgumentNullException.ThrowIfNull(merger);
        ArgumentNullException.ThrowIfNull(aggregate);
        return Add(store, "Aggregate", initializer, (key, value) => aggregator(key, value, initializer()), aggregator, merger, aggregate);
    }

    private KTable<Windowed<TKey>, TState> Add<TState>(
        string store,
        string kind,
        Func<TState>? initializer,
        Func<TKey, TValue, TState> first,
        Func<TKey, TValue, TState, TState> aggregator,
        Func<TKey, TState, TState, TState> merger,
        ISerde<TState> state) => _windowing.Add(
            store,
            WindowedKind.Of(kind, $"sessions with gaps of {_windows.GapMilliseconds} ms"),
            new SessionOperator<TKey, TValue, TState>(_windows, _windowing.Key, initializer, first, aggregator, merger, state),
            canDelete: true);
}
