using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>A windowed aggregation under test.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Specification">Its windows, as the reference knows them.</param>
internal sealed record WindowFunction(string Name, Func<ResultMode, Specification> Specification)
{
    public const string UpdatesOutput = "Updates";

    public const string FinalsOutput = "Finals";

    public const string HeldOutput = "Held";

    public const string LateOutput = "Late";

    /// <summary>Whether every update is published.</summary>
    public bool HasUpdates { get; init; }

    /// <summary>Whether closed windows are published.</summary>
    public bool HasFinals { get; init; }

    /// <summary>How long results are held, in milliseconds of stream time; null for not at all.</summary>
    public long? Limit { get; init; }

    /// <summary>How many are held at most; null for any number.</summary>
    public int? MaxRows { get; init; }

    /// <summary>Whether some records are poison to it.</summary>
    public bool HasPoison { get; init; }

    /// <summary>Whether its windows are closed where no record comes.</summary>
    public bool ClosesAfterIdle { get; init; }

    /// <summary>How long closed windows are kept, in milliseconds of stream time.</summary>
    public long Retention { get; init; }

    /// <summary>Whether it has final results alone.</summary>
    public bool EmitsFinal => HasFinals && !HasUpdates && Limit is null;

    /// <summary>Its windows; for those that have more than final results, as with updates.</summary>
    public Specification Windows => Specification(EmitsFinal ? ResultMode.Final : ResultMode.Updates);

    public string Store => $"windows-{Name}".ToLowerInvariant();

    public string Updates => Name + "-updates";

    public string Finals => Name + "-finals";

    public string Held => Name + "-held";

    public string Late => Name + "-late";
}
