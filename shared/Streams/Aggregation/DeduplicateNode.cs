using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>Notes a record under its id.</summary>
internal sealed class DeduplicateNode<TKey, TValue, TId>(Func<TKey, TValue, TId> selector, ISerializer<TId> id, int barrier) : StreamNode<TKey, TValue>
{
    public override void Process(in Record<TKey, TValue> record, RunContext context)
    {
        var value = selector(record.Key, record.Value);
        var bytes = (value is null ? null : id.Serialize(value))
            ?? throw new SerializationException("The record has no id to be told from others by. Filter such records before DeduplicateBy, or give them one.");
        var run = (KeyedRun<TId, Timed<Record<TKey, TValue>>>)context.Barriers[barrier];
        var time = run.Batch.Observe(context.InputIndex, record.Timestamp);
        run.Add(value, bytes, new Timed<Record<TKey, TValue>>(record, time), record.Timestamp, record.RawHeaders, context.InputIndex);
    }
}
