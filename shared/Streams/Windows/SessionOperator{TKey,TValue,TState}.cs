using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Windows;

/// <summary>Aggregates over sessions.</summary>
internal sealed class SessionOperator<TKey, TValue, TState>(
    SessionWindows windows,
    ISerde<TKey> key,
    Func<TState>? initializer,
    Func<TKey, TValue, TState> first,
    Func<TKey, TValue, TState, TState> aggregator,
    Func<TKey, TState, TState, TState> merger,
    ISerde<TState> state) : WindowOperator<TKey, TValue, TState>(windows.Rules, key, state)
{
    private readonly long _gap = windows.GapMilliseconds;

    public override (long From, long To) SpanOf(long timestamp) => (Low(timestamp), High(timestamp));

    // A session that the record joins may end later than the record itself.
    public override long? LatenessOf(long timestamp, long boundary) => null;

    public override long? Apply(in Operation<TKey, Timed<TValue>> operation, int index, long boundary, Timeline timeline)
    {
        var timestamp = operation.Timestamp;
        var joined = timeline.Between(Low(timestamp), High(timestamp));
        var (start, end) = (timestamp, timestamp);
        foreach (var session in joined)
        {
            start = Math.Min(start, session.Start);
            end = Math.Max(end, session.End);
        }

        if (end <= boundary)
        {
            return boundary + 1 - end;
        }

        var state = StateOf(in operation, joined);
        if (joined is [var same] && same.Start == start && same.End == end)
        {
            Timeline.Touch(same, index, isNew: false);
            Update(timeline, (TimelineEntry<TState>)same, state, end, index);
            return null;
        }

        foreach (var session in joined)
        {
            // Closed by the clock that the record met: it has a final result of its own, however records are cut into batches.
            timeline.Retract(session, index, session.End, staysForFinal: HasFinals && session.End <= boundary && session.End > timeline.Floor);
        }

        if (state is not null)
        {
            var merged = (TimelineEntry<TState>)timeline.Add(start, end);
            Timeline.Touch(merged, index, isNew: true);
            Update(timeline, merged, state, end, index);
        }

        return null;
    }

    /// <summary>Kafka's order: the sessions one after the other, then the record.</summary>
    private TState? StateOf(in Operation<TKey, Timed<TValue>> operation, List<TimelineEntry> joined)
    {
        var (state, hasState) = initializer is null ? (default(TState)!, false) : (initializer(), true);
        foreach (var session in joined)
        {
            var next = ((TimelineEntry<TState>)session).State;
            (state, hasState) = (hasState ? merger(operation.Key, state, next) : next, true);
        }

        return hasState ? aggregator(operation.Key, operation.Value.Value, state) : first(operation.Key, operation.Value.Value);
    }

    private long Low(long timestamp) => timestamp - _gap;

    private long High(long timestamp) => timestamp > long.MaxValue - _gap ? long.MaxValue : timestamp + _gap;
}
