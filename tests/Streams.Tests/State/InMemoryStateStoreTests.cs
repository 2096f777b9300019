using KafkaFunctions.Contracts.State;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;

namespace KafkaFunctions.Streams.Tests.State;

public sealed class InMemoryStateStoreTests : StateStoreContract
{
    // One object stands for a storage that outlives whoever opens it.
    private readonly InMemoryStateStorage _storage = new() { ScanPageRows = 7 };

    protected override ValueTask<IStateStorage> OpenStorageAsync() => new(_storage);
}
