using KafkaFunctions.Streams.State;
using KafkaFunctions.Testing.Instances;

namespace KafkaFunctions.Testing.State;

/// <summary>An instance's way to the stores, which outlive it.</summary>
internal sealed class InstanceStorage(IStateStorage stored, AppInstance instance) : IStateStorage
{
    public async ValueTask<IStateStore> OpenAsync(string name, CancellationToken cancellationToken) =>
        new InstanceStore(await stored.OpenAsync(name, cancellationToken).ConfigureAwait(false), instance);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => stored.ListAsync(cancellationToken);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => stored.DeleteAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
