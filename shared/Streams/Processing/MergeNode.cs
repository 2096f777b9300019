namespace KafkaFunctions.Streams.Processing;

internal sealed class MergeNode<TKey, TValue>(Downstream<TKey, TValue> output) : StreamNode<TKey, TValue>
{
    public override void Process(in Record<TKey, TValue> record, RunContext context) => output.Forward(in record, context);
}
