namespace KafkaFunctions.Streams.Processing;

/// <summary>The start of a processor: turns the bytes of the context's input record into a record.</summary>
internal abstract class SourceNode
{
    public abstract void Process(RunContext context);
}
