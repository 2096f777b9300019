using CsCheck;
using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Reference.Comparison;

/// <summary>Runs cases on the reference and another runner, and compares.</summary>
public sealed class CaseSampling
{
    private readonly ICaseRunner _reference;
    private readonly ICaseRunner _other;
    private readonly Func<Case, CaseResult, CaseResult, string?> _compare;

    private CaseSampling(ICaseRunner reference, ICaseRunner other, Func<Case, CaseResult, CaseResult, string?> compare)
    {
        _reference = reference;
        _other = other;
        _compare = compare;
    }

    /// <summary>Compares update by update (<see cref="CaseComparison"/>).</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="other">The other one.</param>
    /// <param name="hasOwnRules">Whether it keeps the project's own rules; Kafka Streams does not.</param>
    public static CaseSampling OfUpdates(ICaseRunner reference, ICaseRunner other, bool hasOwnRules) =>
        new(reference, other, (testCase, expected, actual) => CaseComparison.Difference(testCase, expected, actual, hasOwnRules));

    /// <summary>Compares what is left where batches are folded or cut (<see cref="FoldedComparison"/>).</summary>
    public static CaseSampling OfFolded(ICaseRunner reference, ICaseRunner other) => new(reference, other, FoldedComparison.Difference);

    /// <summary>The first difference, with the smallest case that was found for it; null where there is none.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="seed">The seed; the same gives the same cases.</param>
    public string? FindDifference(Gen<Case> cases, int count, ulong seed)
    {
        var random = new PCG(1, seed);
        for (var i = 0; i < count; i++)
        {
            var testCase = cases.Generate(random, null, out _);
            if (Difference(testCase) is not null)
            {
                var smallest = CaseShrinker.Shrink(testCase, smaller => Difference(smaller) is not null);
                return $"case {i} of seed {seed}: {Difference(smallest)}\n{smallest}";
            }
        }

        return null;
    }

    /// <summary>What differs for one case; null where nothing does.</summary>
    public string? Difference(Case testCase) => _compare(testCase, _reference.Run(testCase), _other.Run(testCase));
}
