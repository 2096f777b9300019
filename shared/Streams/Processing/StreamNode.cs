namespace KafkaFunctions.Streams.Processing;

/// <summary>A step of a processor: immutable once the processor runs, so that any number of runs share it.</summary>
internal abstract class StreamNode<TKey, TValue>
{
    public abstract void Process(in Record<TKey, TValue> record, RunContext context);
}
