using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Reference.Comparison;

/// <summary>
/// Compares stream-stream joins: pairs at the record that made them, in order; unmatched records as a whole, since Kafka Streams may
/// emit them later than they are due. Where the project's own rules decide, the other result holds all that is expected, and more.
/// </summary>
internal static class StreamJoinComparison
{
    public static string? Difference(CaseResult expected, CaseResult actual, bool hasOwnRules)
    {
        var ownRules = hasOwnRules ? [] : expected.OwnRules.Select(use => use.Rule).ToHashSet();
        return PairDifference(expected, actual, ownRules.Contains(OwnRule.UnmatchedJoinsNothing))
            ?? UnmatchedDifference(expected, actual, ownRules)
            ?? (hasOwnRules ? TimeDifference(expected, actual) : null);
    }

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

    private static string? UnmatchedDifference(CaseResult expected, CaseResult actual, HashSet<OwnRule> ownRules)
    {
        var wanted = UpdateOrder.ByEverything(expected.Updates.Where(update => !IsPair(update)));
        var got = UpdateOrder.ByEverything(actual.Updates.Where(update => !IsPair(update)));
        var isEqual = ownRules.Contains(OwnRule.UnmatchedJoinsNothing)
            || (ownRules.Contains(OwnRule.UnmatchedHeldThroughGrace) ? Holds(got, wanted) : wanted.SequenceEqual(got));
        return isEqual ? null : $"unmatched: expected {CaseComparison.Shown(wanted)}, but it was {CaseComparison.Shown(got)}";
    }

    private static string? TimeDifference(CaseResult expected, CaseResult actual)
    {
        for (var input = 0; input < expected.Steps.Count; input++)
        {
            var wanted = UpdateOrder.ByEverything(expected.Steps[input].Where(update => !IsPair(update)));
            var got = UpdateOrder.ByEverything(actual.Steps[input].Where(update => !IsPair(update)));
            if (!wanted.SequenceEqual(got))
            {
                return FormattableString.Invariant($"record {input}: expected unmatched {CaseComparison.Shown(wanted)}, but it was {CaseComparison.Shown(got)}");
            }
        }

        return null;
    }

    private static bool Holds(IEnumerable<Update> all, IEnumerable<Update> some)
    {
        var rest = all.ToList();
        return some.All(rest.Remove);
    }

    private static bool IsPair(Update update) => !update.Value!.Contains('-', StringComparison.Ordinal);
}
