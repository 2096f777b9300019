using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>Turns a table's change into what it does to groups (design rule 4): the old value's group first, then the new one's;
/// where they are the same, one update.</summary>
internal sealed class RegroupNode<TKey, TValue, TGroup, TItem>(
    Func<TKey, TValue, KeyValue<TGroup, TItem>> selector, ISerializer<TGroup> group, int barrier) : StreamNode<TKey, Change<TValue>>
{
    public override void Process(in Record<TKey, Change<TValue>> record, RunContext context)
    {
        if (context.Origins == OriginRule.None)
        {
            // A row's current value, published once more: groups have it from whoever wrote it.
            return;
        }

        var run = (KeyedRun<TGroup, GroupChange<TItem>>)context.Barriers[barrier];
        var change = record.Value;
        var (old, oldBytes) = change.HasOld ? Select(record.Key, change.Old, run) : default;
        var (now, newBytes) = change.HasNew ? Select(record.Key, change.New, run) : default;
        if (oldBytes is not null && newBytes is not null && oldBytes.AsSpan().SequenceEqual(newBytes))
        {
            Add(now.Key, newBytes, new GroupChange<TItem>(true, old.Value, true, now.Value), in record);
            return;
        }

        if (oldBytes is not null)
        {
            Add(old.Key, oldBytes, new GroupChange<TItem>(true, old.Value, false, default!), in record);
        }

        if (newBytes is not null)
        {
            Add(now.Key, newBytes, new GroupChange<TItem>(false, default!, true, now.Value), in record);
        }

        void Add(TGroup key, byte[] bytes, GroupChange<TItem> item, in Record<TKey, Change<TValue>> from) =>
            run.Add(key, bytes, item, from.Timestamp, from.RawHeaders, context.InputIndex);
    }

    private (KeyValue<TGroup, TItem> Pair, byte[]? Bytes) Select(TKey key, TValue value, KeyedRun<TGroup, GroupChange<TItem>> run)
    {
        var pair = selector(key, value);
        var bytes = pair.Key is null || pair.Value is null ? null : group.Serialize(pair.Key);
        if (bytes is null)
        {
            run.Batch.Ignore();
        }

        return (pair, bytes);
    }
}
