namespace KafkaFunctions.Embedded.Storage;

/// <summary>Something that the writer does inside of a transaction, with others or alone.</summary>
internal abstract class WriteOperation
{
    /// <summary>Bytes that it will write, about.</summary>
    public virtual long Bytes => 0;

    /// <summary>Runs inside of the transaction. Where it refuses, it does so before its first write.</summary>
    public abstract void Run(WriteSession session);

    /// <summary>Tells the caller, after the transaction is durable.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that nothing of it was stored.</summary>
    public abstract void Fail(Exception error);
}
