using CsCheck;
using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Reference.Comparison;

/// <summary>Runs random cases on two runners until they differ.</summary>
public sealed class CaseSampling(ICaseRunner reference, ICaseRunner other, bool hasOwnRules)
{
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
    public string? Difference(Case testCase) => CaseComparison.Difference(testCase, reference.Run(testCase), other.Run(testCase), hasOwnRules);
}
