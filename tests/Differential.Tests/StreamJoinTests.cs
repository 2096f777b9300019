using KafkaFunctions.Differential.Tests.Product;
using KafkaFunctions.Reference;
using KafkaFunctions.Reference.Comparison;
using KafkaFunctions.Reference.Generation;

namespace KafkaFunctions.Differential.Tests;

/// <summary>The product's stream joins against the reference.</summary>
public sealed class StreamJoinTests
{
    private static readonly GenerationOptions Options = new();

    private readonly ReferenceRunner _reference = new(ReferenceRules.Ours);

    [Fact]
    public void Run_RecordByRecord_IsTheSame()
    {
        var sampling = CaseSampling.OfUpdates(_reference, new StreamJoinRunner(seed: null), hasOwnRules: true);
        if (sampling.FindDifference(CaseGenerator.StreamJoin(Options), Sampling.Count, Sampling.Seed) is { } difference)
        {
            Assert.Fail(difference);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_RandomBatchesThatAreLostAndRunAgain_IsTheSame(int seed)
    {
        var sampling = CaseSampling.OfFolded(_reference, new StreamJoinRunner(seed));
        if (sampling.FindDifference(CaseGenerator.StreamJoin(Options), Sampling.Count, Sampling.Seed) is { } difference)
        {
            Assert.Fail(difference);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_PartitionsInAnyOrder_HasAllPairsAndEachUnmatchedOnce(int seed)
    {
        var sampling = CaseSampling.OfFolded(LagCases.Reference(_reference), LagCases.Of(new StreamJoinRunner(seed, ReadOrder.Any)));
        if (sampling.FindDifference(CaseGenerator.StreamJoin(Options with { Partitions = seed }), Sampling.Count, Sampling.Seed) is { } difference)
        {
            Assert.Fail(difference);
        }
    }
}
