namespace KafkaFunctions.Streams.Processing;

/// <summary>The steps that take what a step gives, in the order they were added.</summary>
internal sealed class Downstream<TKey, TValue>
{
    private StreamNode<TKey, TValue>[] _nodes = [];

    public bool IsEmpty => _nodes.Length == 0;

    public void Add(StreamNode<TKey, TValue> node) => _nodes = [.. _nodes, node];

    public void Forward(in Record<TKey, TValue> record, RunContext context)
    {
        foreach (var node in _nodes)
        {
            node.Process(in record, context);
        }
    }
}
