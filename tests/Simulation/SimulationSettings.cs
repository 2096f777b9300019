using KafkaFunctions.Simulation.Pipeline;

namespace KafkaFunctions.Simulation;

/// <summary>What a simulation is of.</summary>
/// <param name="Seed">Everything random comes from it.</param>
internal sealed record SimulationSettings(int Seed)
{
    /// <summary>The rule that is broken.</summary>
    public ProtocolRule Broken { get; init; }

    /// <summary>The only part of the pipeline; null for any.</summary>
    public PartKind? Part { get; init; }

    /// <summary>Where each step is written; null for nowhere.</summary>
    public TextWriter? Trace { get; init; }
}
