namespace KafkaFunctions.Streams.Processing;

internal sealed class MapNode<TKey, TValue, TNewKey, TNewValue>(
    Func<Record<TKey, TValue>, Record<TNewKey, TNewValue>> mapper,
    Downstream<TNewKey, TNewValue> output) : StreamNode<TKey, TValue>
{
    public override void Process(in Record<TKey, TValue> record, RunContext context)
    {
        var mapped = mapper(record);
        output.Forward(in mapped, context);
    }
}
