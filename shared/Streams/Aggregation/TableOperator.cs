using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>An operator whose rows are a table: their changes go on.</summary>
internal abstract class TableOperator<TKey, TValue, TState>(ISerde<TState> state, Downstream<TKey, Change<TState>> output)
    : StateOperator<TKey, TValue, TState>(state)
{
    public override void Forward(in Operation<TKey, TValue> operation, PendingEntry entry, bool isOfOperation, RunContext context)
    {
        var change = new Change<TState>(
            entry.Value is not null, Read(entry.Value), entry.HasOld, entry.HasOld && entry.Old is not null, Read(entry.Old));
        var headers = isOfOperation ? operation.Headers : context.Input.Headers;
        var record = new Record<TKey, Change<TState>>(operation.Key, change, entry.Timestamp, HasSeveralWriters ? VersionHeaders.Add(headers, entry.Version) : headers!);
        output.Forward(in record, context);
    }

    private TState Read(byte[]? bytes) => bytes is null ? default! : State.Deserialize(bytes);
}
