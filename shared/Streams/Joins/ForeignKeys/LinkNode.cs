using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Joins.ForeignKeys;

/// <summary>Notes a change of a foreign-key join's left table. A record without key is ignored.</summary>
internal sealed class LinkNode<TKey, TLeft>(ISerializer<TKey> key, int barrier) : StreamNode<TKey, TLeft>
{
    public override void Process(in Record<TKey, TLeft> record, RunContext context)
    {
        var run = (KeyedRun<TKey, LeftChange<TLeft>>)context.Barriers[barrier];
        if (record.Key is null || key.Serialize(record.Key) is not { } bytes)
        {
            run.Batch.Ignore();
            return;
        }

        run.Batch.Observe(context.InputIndex, record.Timestamp);
        var at = new LeftPosition(context.Input.Partition, context.Input.Offset);
        run.Add(record.Key, bytes, new LeftChange<TLeft>(record.Value, at), record.Timestamp, record.RawHeaders, context.InputIndex);
    }
}
