using KafkaFunctions.Reference;
using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Differential.Tests.Product;

/// <summary>Cases of stream joins whose results do not depend on how far the partitions are behind each other: no record is later in its own
/// partition than its grace allows.</summary>
internal static class LagCases
{
    // Longer than the records of a case are apart; shorter than what the last one is later.
    private const long Long = 500_000;

    /// <summary>The reference, where no side lags, and all pairs are joined since the grace is long.</summary>
    public static ICaseRunner Reference(ReferenceRunner reference) =>
        new Prepared(reference, testCase => OnTime(testCase) with { Specification = (StreamJoin)testCase.Specification with { Grace = Long } });

    public static ICaseRunner Of(ICaseRunner runner) => new Prepared(runner, OnTime);

    private static Case OnTime(Case testCase)
    {
        var grace = ((StreamJoin)testCase.Specification).Grace;
        var highest = new Dictionary<(Side, int), long>();
        return testCase with { Records = [.. testCase.Records.Select(OnTime)] };

        InputRecord OnTime(InputRecord record)
        {
            var time = Math.Max(record.Timestamp, highest.GetValueOrDefault((record.Side, record.Partition), long.MinValue + grace) - grace);
            highest[(record.Side, record.Partition)] = Math.Max(time, highest.GetValueOrDefault((record.Side, record.Partition)));
            return record with { Timestamp = time };
        }
    }

    private sealed class Prepared(ICaseRunner runner, Func<Case, Case> prepare) : ICaseRunner
    {
        public CaseResult Run(Case testCase) => runner.Run(prepare(testCase));
    }
}
