namespace KafkaFunctions.Streams.Processing;

internal sealed class FilterNode<TKey, TValue>(Func<Record<TKey, TValue>, bool> predicate, Downstream<TKey, TValue> output)
    : StreamNode<TKey, TValue>
{
    public override void Process(in Record<TKey, TValue> record, RunContext context)
    {
        if (predicate(record))
        {
            output.Forward(in record, context);
        }
    }
}
