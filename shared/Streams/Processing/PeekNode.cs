namespace KafkaFunctions.Streams.Processing;

internal sealed class PeekNode<TKey, TValue>(Action<TKey, TValue> action, Downstream<TKey, TValue> output) : StreamNode<TKey, TValue>
{
    public override void Process(in Record<TKey, TValue> record, RunContext context)
    {
        action(record.Key, record.Value);
        output.Forward(in record, context);
    }
}
