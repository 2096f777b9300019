namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>What the last step of the pipeline needs; a feature of the context, so that middleware may pass a context of its own.</summary>
/// <param name="Plan">The function.</param>
/// <param name="Input">What started it.</param>
/// <param name="Outcome">Takes what it produces.</param>
internal sealed record RunningInvocation(InvocationPlan Plan, TriggerInput Input, InvocationOutcome Outcome);
