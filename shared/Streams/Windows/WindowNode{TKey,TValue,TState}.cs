using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Windows;

/// <summary>The last step before windows: moves the partition's clock, sends away what is late for all windows, and notes the rest.</summary>
internal sealed class WindowNode<TKey, TValue, TState>(
    WindowOperator<TKey, TValue, TState> @operator, ISerializer<TKey> key, bool needsValue, int barrier) : StreamNode<TKey, TValue>
{
    public override void Process(in Record<TKey, TValue> record, RunContext context)
    {
        var run = (KeyedRun<TKey, Timed<TValue>>)context.Barriers[barrier];
        if (record.Key is null || (needsValue && record.Value is null) || key.Serialize(record.Key) is not { } bytes)
        {
            run.Batch.Ignore();
            return;
        }

        if (record.Timestamp < 0)
        {
            throw new SerializationException(
                $"The record's event time is {record.Timestamp}, before 1970-01-01 UTC, and windows begin there. Let the producer set timestamps, or take the time from the record: WithTimestamp before GroupByKey.");
        }

        var before = @operator.Hold is null ? 0 : run.Batch.StreamTimeOf(context.InputIndex);
        var boundary = @operator.Rules.BoundaryAt(run.Batch.Observe(context.InputIndex, record.Timestamp));
        // Where the clock goes on by itself, two instances may differ in whether a record is late: the row says who was first.
        if (@operator.Rules.Idle is null && @operator.LatenessOf(record.Timestamp, boundary) is { } late)
        {
            run.Batch.Late();
            LateRecords.Emit(context, @operator.LateOutput, late);
            return;
        }

        run.Add(record.Key, bytes, new Timed<TValue>(record.Value, boundary) { Before = before }, record.Timestamp, record.RawHeaders, context.InputIndex);
    }
}
