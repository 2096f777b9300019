using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Comparison;

/// <summary>Compares what two runners made of a case, update by update. Only what the rules leave open is put into an order first.</summary>
public static class CaseComparison
{
    private static readonly OwnRule[] PartingRules = [OwnRule.SlidingRecordLateForItsOwnWindow, OwnRule.TombstoneAtTheTimeOfItsValue];

    /// <summary>What differs, as text; null where nothing does.</summary>
    /// <param name="testCase">The case.</param>
    /// <param name="expected">The reference's result, which tells of the project's own rules.</param>
    /// <param name="actual">Another runner's result.</param>
    /// <param name="hasOwnRules">Whether the other runner keeps the project's own rules; Kafka Streams does not.</param>
    public static string? Difference(Case testCase, CaseResult expected, CaseResult actual, bool hasOwnRules)
    {
        var ownRules = hasOwnRules ? [] : expected.OwnRules;
        var updates = testCase.Specification is StreamJoin
            ? StreamJoinComparison.Difference(expected, actual, hasOwnRules)
            : StepDifference(testCase.Specification, expected, actual, ownRules) ?? StateDifference(expected, actual, ownRules);
        return updates
            ?? DroppedCountDifference(testCase.Specification, expected, actual)
            ?? Difference("late", expected.Late, actual.Late)
            ?? Difference("dropped", expected.Dropped, actual.Dropped)
            ?? Difference("dead letters", expected.Rejected, actual.Rejected);
    }

    internal static string Shown(IEnumerable<Update> updates) => "[" + string.Join(", ", updates) + "]";

    private static string? StepDifference(Specification specification, CaseResult expected, CaseResult actual, IReadOnlyList<OwnRuleUse> ownRules)
    {
        for (var input = 0; input < expected.Steps.Count; input++)
        {
            var wanted = Ordered(specification, Comparable(expected.Steps[input], input, ownRules));
            var got = Ordered(specification, Comparable(actual.Steps[input], input, ownRules));
            if (!wanted.SequenceEqual(got))
            {
                return FormattableString.Invariant($"record {input}: expected {Shown(wanted)}, but it was {Shown(got)}");
            }
        }

        return null;
    }

    private static string? StateDifference(CaseResult expected, CaseResult actual, IReadOnlyList<OwnRuleUse> ownRules)
    {
        if (expected.State is null || actual.State is null)
        {
            return null;
        }

        var wanted = UpdateOrder.ByWindow(Comparable(expected.State, expected.Steps.Count, ownRules));
        var got = UpdateOrder.ByWindow(Comparable(actual.State, actual.Steps.Count, ownRules));
        return wanted.SequenceEqual(got) ? null : $"state: expected {Shown(wanted)}, but it was {Shown(got)}";
    }

    /// <summary>What is dropped is counted alike where each window that a record is late for counts.</summary>
    private static string? DroppedCountDifference(Specification specification, CaseResult expected, CaseResult actual) =>
        specification is TimeWindowAggregation or SessionWindowAggregation or StreamAggregation
            && actual.DroppedCount is { } dropped
            && dropped != expected.DroppedCount
            ? FormattableString.Invariant($"number dropped: expected {expected.DroppedCount}, but it was {dropped}")
            : null;

    private static string? Difference<T>(string what, IReadOnlyList<T>? wanted, IReadOnlyList<T>? got) =>
        wanted is null || got is null || wanted.SequenceEqual(got)
            ? null
            : $"{what}: expected [{string.Join(", ", wanted)}], but it was [{string.Join(", ", got)}]";

    /// <summary>A key's results are compared until the record where the two must part.</summary>
    private static IReadOnlyList<Update> Comparable(IReadOnlyList<Update> updates, int input, IReadOnlyList<OwnRuleUse> ownRules)
    {
        var parted = ownRules
            .Where(use => PartingRules.Contains(use.Rule) && use.Input <= input)
            .Select(use => use.Key)
            .ToHashSet();
        return parted.Count == 0 ? updates : [.. updates.Where(update => !parted.Contains(update.Key))];
    }

    /// <summary>The windows of one record have no order among themselves, nor have the keys that one foreign key's change reaches; and
    /// of several updates of a sliding or suppressed window or a foreign-key join's result only the last counts.</summary>
    private static IReadOnlyList<Update> Ordered(Specification specification, IReadOnlyList<Update> step) => specification switch
    {
        SlidingWindowAggregation or ForeignKeyJoin or SessionWindowAggregation { Results: ResultMode.Suppressed or ResultMode.Limited } => LastByWindow(step),
        TimeWindowAggregation or SessionWindowAggregation { Results: ResultMode.Final } => UpdateOrder.ByWindow(step),
        _ => step,
    };

    private static IReadOnlyList<Update> LastByWindow(IEnumerable<Update> step) =>
        UpdateOrder.ByWindow(step.GroupBy(update => (update.Key, update.Start, update.End)).Select(group => group.Last()));
}
