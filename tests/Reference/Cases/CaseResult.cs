namespace KafkaFunctions.Reference.Cases;

/// <summary>What a runner made of a case.</summary>
public sealed record CaseResult
{
    /// <summary>The updates that each record caused, in order: one list per record of the case.</summary>
    public required IReadOnlyList<IReadOnlyList<Update>> Steps { get; init; }

    /// <summary>What the aggregation's store holds in the end, by start, then key; nothing for joins; null where the runner does not tell.</summary>
    public IReadOnlyList<Update>? State { get; init; } = [];

    /// <summary>The windows that records came too late for; null where the runner does not tell.</summary>
    public IReadOnlyList<LateWindow>? Late { get; init; }

    /// <summary>Indices of the records that count as dropped (null keys, null values where they are ignored); null where the runner does not
    /// tell.</summary>
    public IReadOnlyList<int>? Dropped { get; init; }

    /// <summary>How often something was dropped: records, and single windows of a record that came too late for them; null where the
    /// runner does not count.</summary>
    public long? DroppedCount { get; init; }

    /// <summary>Indices of the records that are dead letters; null where the runner does not tell.</summary>
    public IReadOnlyList<int>? Rejected { get; init; }

    /// <summary>Where the result depends on the project's own rules; told by the reference alone.</summary>
    public IReadOnlyList<OwnRuleUse> OwnRules { get; init; } = [];

    /// <summary>All updates in order.</summary>
    public IEnumerable<Update> Updates => Steps.SelectMany(step => step);

    /// <summary>The last update of each key and window, tombstones included: what stays the same when batches are folded.</summary>
    public IReadOnlyList<Update> Last => UpdateOrder.ByWindow(
        Updates.GroupBy(update => (update.Key, update.Start, update.End)).Select(group => group.Last()));
}
