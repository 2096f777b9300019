using KafkaFunctions.Simulation.Pipeline;

namespace KafkaFunctions.Simulation;

/// <summary>What a simulation is of.</summary>
/// <param name="Seed">Everything random comes from it.</param>
internal sealed record SimulationSettings(int Seed)
{
    /// <summary>The rule that is broken.</summary>
    public ProtocolRule Broken { get; init; }

    /// <summary>The only part of the pipeline; null for any. Where a rule is broken, by default the one where that shows.</summary>
    public PartKind? Part
    {
        get => field ?? PartOf(Broken);
        init;
    }

    /// <summary>Where each step is written; null for nowhere.</summary>
    public TextWriter? Trace { get; init; }

    private static PartKind? PartOf(ProtocolRule broken) => broken switch
    {
        ProtocolRule.None => null,
        ProtocolRule.StreamTime or ProtocolRule.Outbox or ProtocolRule.OutboxOrder or ProtocolRule.OutboxUntilPublished or ProtocolRule.ClosedRow => PartKind.Windows,
        _ => PartKind.Aggregations,
    };
}
