namespace KafkaFunctions.Streams.Processing;

/// <summary>Gives each record to the first branch whose predicate holds.</summary>
internal sealed class BranchNode<TKey, TValue> : StreamNode<TKey, TValue>
{
    private readonly List<(Func<TKey, TValue, bool> Predicate, Downstream<TKey, TValue> Output)> _branches = [];
    private readonly Downstream<TKey, TValue> _default = new();

    public Downstream<TKey, TValue> Default => _default;

    public void Add(Func<TKey, TValue, bool> predicate, Downstream<TKey, TValue> output) => _branches.Add((predicate, output));

    public override void Process(in Record<TKey, TValue> record, RunContext context)
    {
        foreach (var (predicate, output) in _branches)
        {
            if (predicate(record.Key, record.Value))
            {
                output.Forward(in record, context);
                return;
            }
        }

        _default.Forward(in record, context);
    }
}
