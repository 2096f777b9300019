using KafkaFunctions.Worker.Maintenance;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.Operations;

/// <summary>Closes windows of topics that have gone quiet.</summary>
public sealed class CloseIdleWindows(StateUpkeep upkeep)
{
    /// <summary>Every ten seconds.</summary>
    [Function(nameof(CloseIdleWindows))]
    public Task RunAsync([TimerTrigger("*/10 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        _ = timer;
        return upkeep.CloseIdleAsync(cancellationToken);
    }
}
