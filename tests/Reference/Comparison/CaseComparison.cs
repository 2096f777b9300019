using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Comparison;

/// <summary>Compares what two runners made of a case, update by update. Only what the rules leave open is put into an order first.</summary>
public static class CaseComparison
{
    /// <summary>What differs, as text; null where nothing does.</summary>
    /// <param name="testCase">The case.</param>
    /// <param name="expected">The reference's result, which tells of the project's own rules.</param>
    /// <param name="actual">Another runner's result.</param>
    /// <param name="hasOwnRules">Whether the other runner keeps the project's own rules; Kafka Streams does not.</param>
    public static string? Difference(Case testCase, CaseResult expected, CaseResult actual, bool hasOwnRules) =>
        testCase.Specification is StreamJoin
            ? StreamJoinComparison.Difference(expected, actual, hasOwnRules ? new HashSet<OwnRule>() : expected.OwnRules)
            : StepDifference(testCase.Specification, expected, actual) ?? StateDifference(expected, actual);

    private static string? StepDifference(Specification specification, CaseResult expected, CaseResult actual)
    {
        for (var input = 0; input < expected.Steps.Count; input++)
        {
            var (wanted, got) = (Ordered(specification, expected.Steps[input]), Ordered(specification, actual.Steps[input]));
            if (!wanted.SequenceEqual(got))
            {
                return FormattableString.Invariant($"record {input}: expected {Shown(wanted)}, but it was {Shown(got)}");
            }
        }

        return null;
    }

    private static string? StateDifference(CaseResult expected, CaseResult actual)
    {
        var (wanted, got) = (UpdateOrder.ByWindow(expected.State), UpdateOrder.ByWindow(actual.State));
        return wanted.SequenceEqual(got) ? null : $"state: expected {Shown(wanted)}, but it was {Shown(got)}";
    }

    /// <summary>The windows of one record have no order among themselves, nor have the keys that one foreign key's change reaches; and
    /// of several updates of a foreign-key join's result only the last counts.</summary>
    private static IReadOnlyList<Update> Ordered(Specification specification, IReadOnlyList<Update> step) => specification switch
    {
        SessionWindowAggregation { Results: ResultMode.Updates } => step,
        TimeWindowAggregation or SlidingWindowAggregation or SessionWindowAggregation => UpdateOrder.ByWindow(step),
        ForeignKeyJoin => UpdateOrder.ByWindow(step.GroupBy(update => update.Key).Select(group => group.Last())),
        _ => step,
    };

    internal static string Shown(IEnumerable<Update> updates) => "[" + string.Join(", ", updates) + "]";
}
