using KafkaFunctions.Streams.Processing;

namespace KafkaFunctions.Streams.Tables;

/// <summary>A key whose value does not hold is one without value; nobody hears of it who has not heard of one with.</summary>
internal sealed class TableFilterNode<TKey, TValue>(Func<TKey, TValue, bool> predicate, Downstream<TKey, Change<TValue>> output)
    : StreamNode<TKey, Change<TValue>>
{
    public override void Process(in Record<TKey, Change<TValue>> record, RunContext context)
    {
        var change = record.Value;
        var hasNew = change.HasNew && predicate(record.Key, change.New);
        var hasOld = change.HasOld && predicate(record.Key, change.Old);
        if (!hasNew && !hasOld && change.KnowsOld)
        {
            return;
        }

        var filtered = record.WithValue(new Change<TValue>(
            hasNew, hasNew ? change.New : default!, change.KnowsOld, hasOld, hasOld ? change.Old : default!));
        output.Forward(in filtered, context);
    }
}
