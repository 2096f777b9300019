using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Processing;

/// <summary>The end of a stream: makes a record an output of the function.</summary>
internal sealed class SinkNode<TKey, TValue>(ISerializer<TKey> key, ISerializer<TValue> value, int output) : StreamNode<TKey, TValue>
{
    public override void Process(in Record<TKey, TValue> record, RunContext context) =>
        SinkNode.Emit(context, output, key.Serialize(record.Key), value.Serialize(record.Value), record.Timestamp, record.RawHeaders);
}
