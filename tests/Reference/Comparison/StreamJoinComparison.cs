using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Reference.Comparison;

/// <summary>
/// Compares stream-stream joins: pairs at the record that made them, in order; unmatched records as a whole, since each runner may emit
/// them late. Where the project's own rules decide, the other result holds all that is expected, and more.
/// </summary>
internal static class StreamJoinComparison
{
    public static string? Difference(CaseResult expected, CaseResult actual, IReadOnlySet<OwnRule> ownRules) =>
        PairDifference(expected, actual, ownRules.Contains(OwnRule.UnmatchedJoinsNothing))
        ?? UnmatchedDifference(expected, actual, ownRules);

    private static string? PairDifference(CaseResult expected, CaseResult actual, bool mayHoldMore)
    {
        for (var input = 0; input < expected.Steps.Count; input++)
        {
            var wanted = expected.Steps[input].Where(IsPair).ToList();
            var got = actual.Steps[input].Where(IsPair).ToList();
            if (mayHoldMore ? !Holds(got, wanted) : !wanted.SequenceEqual(got))
            {
                return FormattableString.Invariant($"record {input}: expected {CaseComparison.Shown(wanted)}, but it was {CaseComparison.Shown(got)}");
            }
        }

        return null;
    }

    private static string? UnmatchedDifference(CaseResult expected, CaseResult actual, IReadOnlySet<OwnRule> ownRules)
    {
        var wanted = UpdateOrder.ByEverything(expected.Updates.Where(update => !IsPair(update)));
        var got = UpdateOrder.ByEverything(actual.Updates.Where(update => !IsPair(update)));
        var isEqual = ownRules.Contains(OwnRule.UnmatchedJoinsNothing)
            || (ownRules.Contains(OwnRule.UnmatchedHeldThroughGrace) ? Holds(got, wanted) : wanted.SequenceEqual(got));
        return isEqual ? null : $"unmatched: expected {CaseComparison.Shown(wanted)}, but it was {CaseComparison.Shown(got)}";
    }

    private static bool Holds(IEnumerable<Update> all, IEnumerable<Update> some)
    {
        var rest = all.ToList();
        return some.All(rest.Remove);
    }

    private static bool IsPair(Update update) => !update.Value!.Contains('-', StringComparison.Ordinal);
}
