namespace KafkaFunctions.Embedded.State;

/// <summary>Something that the writer does inside of a transaction, with others or alone.</summary>
/// <param name="store">The store that it is about; null for all.</param>
internal abstract class StateJob(string? store)
{
    /// <summary>The store, for errors.</summary>
    public string? Store => store;

    /// <summary>Bytes that it will write, about.</summary>
    public virtual long Bytes => 0;

    /// <summary>Runs inside of the transaction. Where it refuses, it leaves nothing written. Run again where the transaction is begun anew.</summary>
    public abstract void Run(StateWriteSession session);

    /// <summary>Tells the caller, after the transaction is durable.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that nothing of it was stored.</summary>
    public abstract void Fail(Exception error);
}
