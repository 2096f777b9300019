using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Windows;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>Lets a record pass when its id was not seen within a period of event time. An id is kept like a window that begins at the
/// latest record that passed and ends a period later: when stream time has gone on by another period, it is forgotten.</summary>
internal sealed class DeduplicateOperator<TId, TKey, TValue>(long period, ISerde<TId> id, Downstream<TKey, TValue> output)
    : WindowOperator<TId, Record<TKey, TValue>, long>(new WindowRules(0, 0, 0, period, 0, null), id, Serdes.Int64)
{
    public override bool CanFold => false;

    public override bool HasUpdates => true;

    public override (long From, long To) SpanOf(long timestamp) => (timestamp, timestamp);

    // However old it is: the id is what counts.
    public override long? LatenessOf(long timestamp, long boundary) => null;

    public override long? Apply(in Operation<TId, Timed<Record<TKey, TValue>>> operation, int index, long boundary, Timeline timeline)
    {
        var latest = timeline.Entries.LastOrDefault();
        if (latest is not null && Math.Abs(operation.Timestamp - latest.Start) < period)
        {
            return null;
        }

        var start = operation.Timestamp;
        if (latest is not null)
        {
            start = Math.Max(start, latest.Start);
            Timeline.Remove(latest);
        }

        var passed = (TimelineEntry<long>)timeline.Add(start, start > long.MaxValue - period ? long.MaxValue : start + period);
        Timeline.Touch(passed, index, isNew: true);
        Update(timeline, passed, start, operation.Timestamp, index);
        return null;
    }

    public override void Forward(in Operation<TId, Timed<Record<TKey, TValue>>> operation, PendingEntry entry, bool isOfOperation, RunContext context)
    {
        if (isOfOperation)
        {
            var record = operation.Value.Value;
            output.Forward(in record, context);
        }
    }
}
