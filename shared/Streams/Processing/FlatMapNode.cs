namespace KafkaFunctions.Streams.Processing;

internal sealed class FlatMapNode<TKey, TValue, TItem, TNewKey, TNewValue>(
    Func<Record<TKey, TValue>, IEnumerable<TItem>> expand,
    Func<Record<TKey, TValue>, TItem, Record<TNewKey, TNewValue>> project,
    Downstream<TNewKey, TNewValue> output) : StreamNode<TKey, TValue>
{
    public override void Process(in Record<TKey, TValue> record, RunContext context)
    {
        var items = expand(record)
            ?? throw new InvalidOperationException("A FlatMap of the stream gave null; give an empty sequence for no output.");
        foreach (var item in items)
        {
            var mapped = project(record, item);
            output.Forward(in mapped, context);
        }
    }
}
