using System.Diagnostics.CodeAnalysis;

namespace KafkaFunctions.Streams.Processing;

/// <summary>A stream that is being split: each record goes to the first branch whose predicate holds, and to no other.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "The name that Kafka Streams gave it.")]
public sealed class BranchedKStream<TKey, TValue>
{
    private readonly StreamProcessor _processor;
    private readonly BranchNode<TKey, TValue> _node;
    private readonly bool _hasNewKeys;
    private bool _closed;

    internal BranchedKStream(StreamProcessor processor, BranchNode<TKey, TValue> node, bool hasNewKeys)
    {
        _hasNewKeys = hasNewKeys;
        _processor = processor;
        _node = node;
    }

    /// <summary>Adds a branch after those there are.</summary>
    /// <param name="predicate">Which records, of those no earlier branch took.</param>
    /// <param name="branch">Builds what is done to them.</param>
    /// <exception cref="InvalidOperationException">The split has its default already, or has run.</exception>
    public BranchedKStream<TKey, TValue> Branch(Func<TKey, TValue, bool> predicate, Action<KStream<TKey, TValue>> branch)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        ArgumentNullException.ThrowIfNull(branch);
        ThrowIfClosed();
        var output = new Downstream<TKey, TValue>();
        _node.Add(predicate, output);
        branch(new KStream<TKey, TValue>(_processor, output, _hasNewKeys));
        return this;
    }

    /// <summary>Ends the split: the branch of all records that no other took.</summary>
    /// <param name="branch">Builds what is done to them.</param>
    /// <returns>The processor.</returns>
    /// <exception cref="InvalidOperationException">The split has its default already, or has run.</exception>
    public StreamProcessor Default(Action<KStream<TKey, TValue>> branch)
    {
        ArgumentNullException.ThrowIfNull(branch);
        NoDefault();
        branch(new KStream<TKey, TValue>(_processor, _node.Default, _hasNewKeys));
        return _processor;
    }

    /// <summary>Ends the split: records that no branch took are dropped.</summary>
    /// <returns>The processor.</returns>
    /// <exception cref="InvalidOperationException">The split has its default already, or has run.</exception>
    public StreamProcessor NoDefault()
    {
        ThrowIfClosed();
        _closed = true;
        return _processor;
    }

    private void ThrowIfClosed()
    {
        _processor.ThrowIfFrozen();
        if (_closed)
        {
            throw new InvalidOperationException("The split is complete: Default or NoDefault comes last, and once.");
        }
    }
}
