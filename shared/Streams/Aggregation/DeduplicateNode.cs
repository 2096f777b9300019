using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>Notes a record under its id.</summary>
internal sealed class DeduplicateNode<TKey, TValue, TId>(Func<TKey, TValue, TId> selector, ISerializer<TId> id, int barrier) : StreamNode<TKey, TValue>
{
    public override void Process(in Record<TKey, TValue> record, RunContext context)
    {
        var value = selector(record.Key, record.Value);
        var bytes = (value is null ? null : id.Serialize(value))
            ?? throw new SerializationException("The record has no id to be told from others by. Filter such records before DeduplicateBy, or give them one.");
        ((KeyedRun<TId, Record<TKey, TValue>>)context.Barriers[barrier]).Add(value, bytes, record, record.Timestamp, record.RawHeaders, context.InputIndex);
    }
}
