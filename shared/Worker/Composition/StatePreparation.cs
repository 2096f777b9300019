using KafkaFunctions.Embedded.State;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.Worker.Composition;

/// <summary>Opens embedded state that is there.</summary>
internal sealed class StatePreparation(IConfiguration configuration, IServiceProvider services) : Preparation
{
    protected override bool IsNeeded() => StateStorageSettings.Read(configuration) is null && SqliteStateStorage.Exists(DataDirectory.Of(configuration));

    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await services.GetRequiredService<IStateStorage>().ListAsync(cancellationToken).ConfigureAwait(false);
        _ = services.GetRequiredService<StateRuntime>();
    }
}
