using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Processing;

internal sealed class SourceNode<TKey, TValue>(IDeserializer<TKey> key, IDeserializer<TValue> value, Downstream<TKey, TValue> output) : SourceNode
{
    public override void Process(RunContext context)
    {
        ref readonly var input = ref context.Input;
        var record = new Record<TKey, TValue>(
            key.Deserialize(input.Key),
            value.Deserialize(input.Value),
            input.Timestamp,
            input.Headers);
        context.IsDeserialized = true;
        output.Forward(in record, context);
    }
}
