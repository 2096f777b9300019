using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>Takes items out of a group's aggregate and into it, the old one first.</summary>
internal sealed class GroupedTableOperator<TKey, TItem, TState>(
    Func<TKey, TItem, TState> first,
    Func<TKey, TItem, TState, TState> adder,
    Func<TKey, TItem, TState, TState> subtractor,
    ISerde<TState> state,
    Downstream<TKey, Change<TState>> output) : TableOperator<TKey, GroupChange<TItem>, TState>(state, output)
{
    public override RowValue<TState> Apply(
        in Operation<TKey, GroupChange<TItem>> operation, in RowValue<TState> before, List<OwnEmission> emit)
    {
        var (key, change, after) = (operation.Key, operation.Value, before);
        if (change.HasOld && after.Exists)
        {
            after = after.Become(subtractor(key, change.Old, after.Value), operation.Timestamp);
        }

        if (change.HasNew)
        {
            // A group that its last item has left keeps its time.
            var value = after.Exists ? adder(key, change.New, after.Value) : first(key, change.New);
            after = before.Become(value, operation.Timestamp);
        }

        return after;
    }
}
