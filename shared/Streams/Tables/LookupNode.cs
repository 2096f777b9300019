using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Tables;

/// <summary>Notes a record that looks a table up. One without key or value is ignored.</summary>
internal sealed class LookupNode<TKey, TValue, TLookup, TTable, TOut>(Func<TKey, TValue, TLookup> selector, ISerializer<TLookup> key, int barrier)
    : StreamNode<TKey, TValue>
{
    public override void Process(in Record<TKey, TValue> record, RunContext context)
    {
        var run = (LookupRun<TKey, TValue, TLookup, TTable, TOut>)context.Barriers[barrier];
        var lookup = record.Value is null ? default : selector(record.Key, record.Value);
        if (record.Value is null || lookup is null || key.Serialize(lookup) is not { } bytes)
        {
            run.Batch.Ignore();
            return;
        }

        run.Add(in record, bytes, context.InputIndex);
    }
}
