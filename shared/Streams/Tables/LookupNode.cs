using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Tables;

/// <summary>Notes a record that looks a table up. One without value is ignored, and where all need a match, one without key.</summary>
internal sealed class LookupNode<TKey, TValue, TLookup, TTable, TOut>(Func<TKey, TValue, TLookup> selector, ISerializer<TLookup> key, int barrier)
    : StreamNode<TKey, TValue>
{
    public override void Process(in Record<TKey, TValue> record, RunContext context)
    {
        var run = (LookupRun<TKey, TValue, TLookup, TTable, TOut>)context.Barriers[barrier];
        var lookup = record.Value is null ? default : selector(record.Key, record.Value);
        var bytes = lookup is null ? null : key.Serialize(lookup);
        if (record.Value is null || (bytes is null && !run.KeepsUnmatched))
        {
            run.Batch.Ignore();
            return;
        }

        run.Add(in record, bytes, context.InputIndex);
    }
}
