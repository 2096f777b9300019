using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Comparison;

/// <summary>Makes a failing case smaller by leaving records out, halves first. A stream-stream join keeps its last one, after which no
/// record is held unmatched any more.</summary>
public static class CaseShrinker
{
    public static Case Shrink(Case testCase, Func<Case, bool> fails)
    {
        var kept = testCase.Specification is StreamJoin ? 1 : 0;
        for (var length = Math.Max(1, testCase.Records.Count / 2); length > 0; length /= 2)
        {
            for (var from = 0; from + length <= testCase.Records.Count - kept;)
            {
                var smaller = testCase with { Records = [.. testCase.Records.Where((_, index) => index < from || index >= from + length)] };
                if (fails(smaller))
                {
                    testCase = smaller;
                }
                else
                {
                    from += length;
                }
            }
        }

        return testCase;
    }
}
