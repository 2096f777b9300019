namespace KafkaFunctions.SelfHost.Functions;

/// <summary>The app's functions.</summary>
/// <param name="Functions">Those that run, by name.</param>
/// <param name="Disabled">Those that a setting disables.</param>
internal sealed record FunctionIndex(IReadOnlyList<FunctionDescriptor> Functions, IReadOnlyList<FunctionDescriptor> Disabled);
