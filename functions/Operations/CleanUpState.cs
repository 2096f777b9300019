using KafkaFunctions.Worker.Maintenance;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.Operations;

/// <summary>Deletes state that no window and no join needs any more.</summary>
public sealed class CleanUpState(StateUpkeep upkeep)
{
    /// <summary>Every ten minutes.</summary>
    [Function(nameof(CleanUpState))]
    public Task RunAsync([TimerTrigger("0 */10 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        _ = timer;
        return upkeep.DeleteExpiredAsync(cancellationToken);
    }
}
