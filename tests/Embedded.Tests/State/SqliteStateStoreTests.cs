using KafkaFunctions.Contracts.State;
using KafkaFunctions.Embedded.State;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Embedded.Tests.State;

public sealed class SqliteStateStoreTests : StateStoreContract
{
    private readonly TemporaryDirectory _directory = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    protected override ValueTask<IStateStorage> OpenStorageAsync() => new(SqliteStateStorage.Open(_directory.FullName));
}
