using KafkaFunctions.Streams.Processing;

namespace KafkaFunctions.Streams.Tables;

internal sealed class TableMapNode<TKey, TValue, TNewValue>(Func<TKey, TValue, TNewValue> mapper, Downstream<TKey, Change<TNewValue>> output)
    : StreamNode<TKey, Change<TValue>>
{
    public override void Process(in Record<TKey, Change<TValue>> record, RunContext context)
    {
        var change = record.Value;
        var now = change.HasNew ? mapper(record.Key, change.New) : default!;
        var old = change.HasOld ? mapper(record.Key, change.Old) : default!;
        var mapped = record.WithValue(new Change<TNewValue>(change.HasNew && now is not null, now, change.KnowsOld, change.HasOld && old is not null, old));
        output.Forward(in mapped, context);
    }
}
