using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>The last step before a join: moves the clock and notes the record. One without value is ignored; one without key has no
/// partner, ever.</summary>
/// <param name="key">How keys are written.</param>
/// <param name="value">How values are stored.</param>
/// <param name="alone">Sends a record on that has no partner; null where such are not emitted.</param>
/// <param name="barrier">Index of the barrier.</param>
internal sealed class JoinNode<TKey, TValue>(
    ISerializer<TKey> key, ISerializer<TValue> value, Action<Record<TKey, TValue>, RunContext>? alone, int barrier)
    : StreamNode<TKey, TValue>
{
    public override void Process(in Record<TKey, TValue> record, RunContext context)
    {
        var run = (KeyedRun<TKey, JoinInput>)context.Barriers[barrier];
        if (record.Timestamp < 0)
        {
            throw new SerializationException(
                $"The record's event time is {record.Timestamp}, before 1970-01-01 UTC, and joins begin there. Let the producer set timestamps, or take the time from the record: WithTimestamp before the join.");
        }

        var time = run.Batch.Observe(context.InputIndex, record.Timestamp);
        var valueBytes = record.Value is null ? null : value.Serialize(record.Value);
        var keyBytes = record.Key is null ? null : key.Serialize(record.Key);
        if (valueBytes is not null && keyBytes is not null)
        {
            run.Add(record.Key, keyBytes, new JoinInput(valueBytes, time), record.Timestamp, record.RawHeaders, context.InputIndex);
        }
        else if (valueBytes is not null && alone is not null)
        {
            alone(record, context);
        }
        else
        {
            run.Batch.Ignore();
        }
    }
}
