using KafkaFunctions.Simulation.Instances;
using KafkaFunctions.Simulation.Scheduling;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Simulation.Stores;

/// <summary>An instance's way to the stores: every call is a step.</summary>
internal sealed class SimulatedStorage(World world, Instance owner) : IStateStorage
{
    private readonly Dictionary<string, SimulatedStore> _stores = new(StringComparer.Ordinal);
    private readonly LateRows? _late = world.Broken == ProtocolRule.StateBeforePublish ? new LateRows() : null;

    public async ValueTask<IStateStore> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var step = new ResultStep<IStateStore>(StepKind.Open, owner, name, () => Synchronous.ResultOf(world.Storage.OpenAsync(name, CancellationToken.None)))
        {
            Trouble = () => new StateUnavailableException(name, "503"),
            LostAnswer = () => new StateUnavailableException(name, "The answer was lost."),
        };
        world.Scheduler.Add(step);
        var store = await step.Task.ConfigureAwait(false);
        if (!_stores.TryGetValue(name, out var simulated))
        {
            _stores.Add(name, simulated = new SimulatedStore(world, store, owner, _late));
        }

        return simulated;
    }

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
