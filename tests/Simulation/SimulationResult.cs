namespace KafkaFunctions.Simulation;

/// <summary>What a simulation came to.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Problem">What is wrong; null where nothing is.</param>
/// <param name="Hash">Of everything that happened, in its order, and of all that is stored.</param>
/// <param name="Counts">How much happened.</param>
internal sealed record SimulationResult(int Seed, string? Problem, ulong Hash, SimulationCounts Counts);
