using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Windows;

/// <summary>Aggregates over sliding windows: one that ends at each record (at the length of a window, where the record is earlier than
/// that), and one that begins right behind it, if there are records in it.</summary>
/// <remarks>As in Kafka Streams, the aggregate of a new window is made of that of another, whose records in it are the same.</remarks>
internal sealed class SlidingOperator<TKey, TValue, TState>(
    SlidingWindows windows,
    ISerde<TKey> key,
    Func<TKey, TValue, TState> first,
    Func<TKey, TValue, TState, TState> aggregator,
    ISerde<TState> state) : WindowOperator<TKey, TValue, TState>(windows.Rules, key, state)
{
    private readonly long _size = windows.DifferenceMilliseconds;

    public override (long From, long To) SpanOf(long timestamp) => (Math.Max(0, timestamp - (2 * _size)), Behind(timestamp));

    // It is late for all windows when it is for the one that begins at it, and most so for the one that ends at it.
    public override long? LatenessOf(long timestamp, long boundary) => EndOf(timestamp) <= boundary ? boundary + 1 - EndOf(OwnStart(timestamp)) : null;

    public override long? Apply(in Operation<TKey, Timed<TValue>> operation, int index, long boundary, Timeline timeline)
    {
        var near = Near(operation.Timestamp, timeline);
        long? late = null;
        foreach (var entry in near.Holding)
        {
            if (entry.End > boundary)
            {
                Timeline.Touch(entry, index, isNew: false);
                Update(timeline, entry, aggregator(operation.Key, operation.Value.Value, entry.State), Math.Max(entry.Timestamp, operation.Timestamp), index);
            }
            else
            {
                late ??= boundary + 1 - entry.End;
            }
        }

        if (near.Previous is { } previous && !near.Starts.Contains(Behind(previous)) && EndOf(Behind(previous)) >= operation.Timestamp)
        {
            Add(in operation, index, Behind(previous), boundary, null, timeline);
            near.Starts.Add(Behind(previous));
        }

        var start = OwnStart(operation.Timestamp);
        if (!near.Starts.Contains(start))
        {
            late = Add(in operation, index, start, boundary, near.Previous >= start ? near.Before : null, timeline) ?? late;
        }

        if (near.After is { } after && after.Timestamp > operation.Timestamp && !near.Starts.Contains(Behind(operation.Timestamp)))
        {
            Copy(after, Behind(operation.Timestamp), index, boundary, timeline);
        }

        return late;
    }

    /// <summary>Adds a window with the record, and with what another has already.</summary>
    /// <returns>By how much it is late; null where it is not.</returns>
    private long? Add(in Operation<TKey, Timed<TValue>> operation, int index, long start, long boundary, TimelineEntry? before, Timeline timeline)
    {
        var end = EndOf(start);
        if (end <= boundary)
        {
            return boundary + 1 - end;
        }

        before?.Encode();
        var value = before?.Bytes is { } bytes
            ? aggregator(operation.Key, operation.Value.Value, State.Deserialize(bytes))
            : first(operation.Key, operation.Value.Value);
        if (value is not null)
        {
            var entry = (TimelineEntry<TState>)timeline.Add(start, end);
            Timeline.Touch(entry, index, isNew: true);
            Update(timeline, entry, value, operation.Timestamp, index);
        }

        return null;
    }

    private void Copy(Snapshot of, long start, int index, long boundary, Timeline timeline)
    {
        if (EndOf(start) > boundary)
        {
            var entry = (TimelineEntry<TState>)timeline.Add(start, EndOf(start));
            Timeline.Touch(entry, index, isNew: true);
            Update(timeline, entry, State.Deserialize(of.Bytes), of.Timestamp, index);
        }
    }

    private Neighbours Near(long timestamp, Timeline timeline)
    {
        var near = new Neighbours();
        foreach (var entry in timeline.Between(OwnStart(timestamp), Behind(timestamp)).Cast<TimelineEntry<TState>>())
        {
            near.Starts.Add(entry.Start);
            if (entry.End < timestamp)
            {
                (near.Before, near.Previous) = (entry, entry.Timestamp);
            }
            else if (entry.Start <= timestamp)
            {
                var isFirst = entry.End == timestamp || entry.Start == 0;
                if (isFirst && entry.Timestamp < timestamp)
                {
                    near.Previous = entry.Timestamp;
                }

                if (entry.End > timestamp && (entry.Start > 0 || timestamp >= _size || entry.Timestamp > timestamp))
                {
                    entry.Encode();
                    near.After = new Snapshot(entry.Bytes!, entry.Timestamp);
                }

                near.Holding.Add(entry);
            }
        }

        return near;
    }

    /// <summary>Start of the window that ends at a record.</summary>
    private long OwnStart(long timestamp) => Math.Max(0, timestamp - _size);

    private static long Behind(long timestamp) => timestamp == long.MaxValue ? timestamp : timestamp + 1;

    private long EndOf(long start) => start > long.MaxValue - _size ? long.MaxValue : start + _size;

    /// <summary>A window's aggregate before the record.</summary>
    private sealed record Snapshot(byte[] Bytes, long Timestamp);

    /// <summary>The windows around a record.</summary>
    private sealed class Neighbours
    {
        public HashSet<long> Starts { get; } = [];

        /// <summary>Those that the record is in.</summary>
        public List<TimelineEntry<TState>> Holding { get; } = [];

        /// <summary>The last one that ends before the record: it has what the window that ends at the record has.</summary>
        public TimelineEntry<TState>? Before { get; set; }

        /// <summary>Time of the last record before, as far as the windows know.</summary>
        public long? Previous { get; set; }

        /// <summary>The last window that begins no later than the record, as it was: it has what the window behind the record has.</summary>
        public Snapshot? After { get; set; }
    }
}
