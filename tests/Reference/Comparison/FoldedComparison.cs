using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Comparison;

/// <summary>
/// Compares a runner that folds batches, cuts them or starts again with the reference. Updates of a table may be fewer: the last of each
/// key and window counts. Joined stream records and final results are each there once, whatever the order among keys.
/// </summary>
public static class FoldedComparison
{
    /// <summary>What differs, as text; null where nothing does.</summary>
    /// <param name="testCase">The case.</param>
    /// <param name="expected">The reference's result.</param>
    /// <param name="actual">The other result; it needs no true steps, only all updates in order.</param>
    public static string? Difference(Case testCase, CaseResult expected, CaseResult actual)
    {
        Func<CaseResult, IReadOnlyList<Update>> outputs = IsPerRecord(testCase.Specification) ? All : Rows;
        return Difference("outputs", outputs(expected), outputs(actual))
            ?? (expected.State is { } wanted && actual.State is { } got ? Difference("state", UpdateOrder.ByWindow(wanted), UpdateOrder.ByWindow(got)) : null);
    }

    private static string? Difference(string what, IReadOnlyList<Update> wanted, IReadOnlyList<Update> got) => wanted.SequenceEqual(got)
        ? null
        : $"{what}: expected {CaseComparison.Shown(wanted)}, but it was {CaseComparison.Shown(got)}";

    private static bool IsPerRecord(Specification specification) => specification
        is StreamJoin
        or StreamTableJoin
        or TimeWindowAggregation { Results: not ResultMode.Updates }
        or SlidingWindowAggregation { Results: not ResultMode.Updates }
        or SessionWindowAggregation { Results: not ResultMode.Updates };

    private static IReadOnlyList<Update> All(CaseResult result) => UpdateOrder.ByEverything(result.Updates);

    /// <summary>What a reader of the outputs has in the end. A row that came and went within a batch may never be seen.</summary>
    private static IReadOnlyList<Update> Rows(CaseResult result) => [.. result.Last.Where(update => update.Value is not null)];
}
