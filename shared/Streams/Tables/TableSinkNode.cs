using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Tables;

/// <summary>Makes a table's changes an output of the function: a tombstone where a value was deleted.</summary>
internal sealed class TableSinkNode<TKey, TValue>(ISerializer<TKey> key, ISerializer<TValue> value, int output) : StreamNode<TKey, Change<TValue>>
{
    public override void Process(in Record<TKey, Change<TValue>> record, RunContext context) => SinkNode.Emit(
        context, output, key.Serialize(record.Key), record.Value.HasNew ? value.Serialize(record.Value.New) : null, record.Timestamp, record.RawHeaders);
}
