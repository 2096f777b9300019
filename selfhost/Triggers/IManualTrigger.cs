namespace KafkaFunctions.SelfHost.Triggers;

/// <summary>A trigger that can be fired by hand.</summary>
internal interface IManualTrigger
{
    /// <summary>Runs the function now. Failures are logged, not raised.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
