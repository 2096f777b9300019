using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Joins.ForeignKeys;

/// <summary>Lets left keys leave and enter the rows of right keys; to one that enters the row tells what the right table has.</summary>
/// <param name="store">Name of the store.</param>
/// <param name="settling">Index of the barrier of left keys' rows.</param>
internal sealed class SubscribeOperator<TKey>(string store, int settling) : StateOperator<TKey, Subscription, SubscribersRow>(SubscribersRowSerde.Instance)
{
    public override bool CanFold => false;

    public override bool EmitsValue => false;

    public override RowValue<SubscribersRow> Apply(in Operation<TKey, Subscription> operation, in RowValue<SubscribersRow> before, List<OwnEmission> emit)
    {
        var row = before.Exists ? before.Value : SubscribersRow.Empty();
        if (operation.Value.Enters)
        {
            row.Enter(operation.Value.LeftKey);
            if (row.KeyBytes > SubscribersRow.MaxKeyBytes)
            {
                throw new StateRowTooLargeException(store, operation.RowKey, "left keys", row.KeyBytes, SubscribersRow.MaxKeyBytes);
            }

            emit.Add(new OwnEmission(SubscribersRowSerde.Instance.Serialize(new SubscribersRow(row.Right, [])), operation.Timestamp));
        }
        else
        {
            row.Leave(operation.Value.LeftKey);
        }

        return row.IsEmpty ? RowValue<SubscribersRow>.None : new RowValue<SubscribersRow>(true, row, before.Timestamp);
    }

    public override void Forward(in Operation<TKey, Subscription> operation, PendingEntry entry, bool isOfOperation, RunContext context)
    {
        if (!isOfOperation)
        {
            // A left value that nobody asks for any more.
            return;
        }

        var told = State.Deserialize(entry.Value);
        var run = (KeyedRun<TKey, RightChange>)context.Barriers[settling];
        var change = new RightChange(operation.RowKey.Bytes[1..].ToArray(), told.Right, entry.Version, operation.Value.ChangedAt);
        run.Add(operation.Key, operation.Value.LeftKey, change, entry.Timestamp, operation.Headers, context.InputIndex);
    }
}
