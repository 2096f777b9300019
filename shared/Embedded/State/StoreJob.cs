namespace KafkaFunctions.Embedded.State;

/// <summary>A job of one call on the session.</summary>
internal sealed class StoreJob(string? store, Func<StateWriteSession, bool> write) : StateJob<bool>(store)
{
    protected override bool Write(StateWriteSession session) => write(session);
}
