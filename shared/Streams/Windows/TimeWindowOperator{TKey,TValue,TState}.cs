using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Windows;

/// <summary>Aggregates over tumbling and hopping windows.</summary>
internal sealed class TimeWindowOperator<TKey, TValue, TState>(
    TimeWindows windows,
    ISerde<TKey> key,
    Func<TKey, TValue, TState> first,
    Func<TKey, TValue, TState, TState> aggregator,
    ISerde<TState> state) : WindowOperator<TKey, TValue, TState>(windows.Rules, key, state)
{
    private readonly long _size = windows.SizeMilliseconds;
    private readonly long _advance = windows.AdvanceMilliseconds;

    public override (long From, long To) SpanOf(long timestamp) => (FirstStart(timestamp), timestamp);

    public override long? LatenessOf(long timestamp, long boundary)
    {
        // The last window that it is in ends last.
        var isLate = EndOf(timestamp / _advance * _advance) <= boundary;
        return isLate ? boundary - EndOf(FirstStart(timestamp)) : null;
    }

    public override long? Apply(in Operation<TKey, Timed<TValue>> operation, int index, long boundary, Timeline timeline)
    {
        long? late = null;
        var last = operation.Timestamp / _advance * _advance;
        for (var start = FirstStart(operation.Timestamp); ; start += _advance)
        {
            var end = EndOf(start);
            if (end <= boundary)
            {
                late ??= boundary - end;
            }
            else
            {
                Take(in operation, index, start, end, timeline);
            }

            if (start == last)
            {
                return late;
            }
        }
    }

    private void Take(in Operation<TKey, Timed<TValue>> operation, int index, long start, long end, Timeline timeline)
    {
        var value = operation.Value.Value;
        if (timeline.Find(start, end) is TimelineEntry<TState> entry)
        {
            Timeline.Touch(entry, index, isNew: false);
            Update(timeline, entry, aggregator(operation.Key, value, entry.State), Math.Max(entry.Timestamp, operation.Timestamp), index);
        }
        else if (first(operation.Key, value) is { } state)
        {
            entry = (TimelineEntry<TState>)timeline.Add(start, end);
            Timeline.Touch(entry, index, isNew: true);
            Update(timeline, entry, state, operation.Timestamp, index);
        }
    }

    // Semantics: window alignment.
    private long FirstStart(long timestamp) => Math.Max(0, timestamp - _size + _advance) / _advance * _advance;

    private long EndOf(long start) => start > long.MaxValue - _size ? long.MaxValue : start + _size;
}
