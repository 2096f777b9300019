using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>A windowed aggregation under test.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Specification">Its windows, as the reference knows them.</param>
internal sealed record WindowFunction(string Name, Func<ResultMode, Specification> Specification)
{
    public const string UpdatesOutput = "Updates";

    public const string FinalsOutput = "Finals";

    public const string LateOutput = "Late";

    /// <summary>Whether every update is published.</summary>
    public bool HasUpdates { get; init; }

    /// <summary>Whether closed windows are published.</summary>
    public bool HasFinals { get; init; }

    /// <summary>Whether some records are poison to it.</summary>
    public bool HasPoison { get; init; }

    /// <summary>Whether its windows are closed where no record comes.</summary>
    public bool ClosesAfterIdle { get; init; }

    /// <summary>How long closed windows are kept, in milliseconds of stream time.</summary>
    public long Retention { get; init; }

    /// <summary>Its windows; for those with updates and final results, as with updates.</summary>
    public Specification Windows => Specification(HasUpdates ? ResultMode.Updates : ResultMode.Final);

    public string Store => $"windows-{Name}".ToLowerInvariant();

    public string Updates => Name + "-updates";

    public string Finals => Name + "-finals";

    public string Late => Name + "-late";
}
