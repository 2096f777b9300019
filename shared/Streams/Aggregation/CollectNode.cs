using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>The last step before a barrier: notes what a record does to the row of its key. A record without key is ignored, and
/// where the operator needs a value, one without value, too.</summary>
internal sealed class CollectNode<TKey, TValue>(ISerializer<TKey> key, bool needsValue, int barrier) : StreamNode<TKey, TValue>
{
    public override void Process(in Record<TKey, TValue> record, RunContext context)
    {
        var run = (KeyedRun<TKey, TValue>)context.Barriers[barrier];
        if (record.Key is null || (needsValue && record.Value is null) || key.Serialize(record.Key) is not { } bytes)
        {
            run.Batch.Ignore();
            return;
        }

        run.Batch.Observe(context.InputIndex, record.Timestamp);
        run.Add(record.Key, bytes, record.Value, record.Timestamp, record.RawHeaders, context.InputIndex);
    }
}
