using CsCheck;
using KafkaFunctions.Reference;
using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Comparison;
using KafkaFunctions.Reference.Generation;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Differential.Tests;

/// <summary>What the reference promises by itself, without Kafka Streams.</summary>
public sealed class ReferenceTests
{
    private const int Cases = 300;

    private static readonly GenerationOptions Extremes = new() { Partitions = 3, HasNegativeTimestamps = true, HasExtremeTimestamps = true };

    private static readonly Gen<Case> AnyCase = CaseGenerator.Any(Extremes);

    private readonly ReferenceRunner _reference = new(ReferenceRules.Ours);

    [Fact]
    public void Assembly_OfTheReference_KnowsNothingOfTheProduct() => Assert.DoesNotContain(
        typeof(ReferenceRunner).Assembly.GetReferencedAssemblies(),
        reference => reference.Name!.StartsWith("KafkaFunctions.", StringComparison.Ordinal));

    [Fact]
    public void Write_AnyCase_IsReadAgain() => AnyCase.Sample(
        testCase => Assert.Equal(testCase.ToString(), CaseText.Parse(testCase.ToString()).ToString()), iter: Cases);

    [Fact]
    public void Run_AnyCase_GivesOneStepPerRecordAndNoneForNegativeTimestamps() => AnyCase.Sample(
        testCase =>
        {
            var result = _reference.Run(testCase);

            Assert.Equal(testCase.Records.Count, result.Steps.Count);
            Assert.All(result.Rejected!, input => Assert.True(testCase.Records[input].Timestamp < 0 && result.Steps[input].Count == 0));
            Assert.All(result.Updates, update => Assert.True(update.End is null || update.End >= update.Start));
            Assert.Null(CaseComparison.Difference(testCase, result, _reference.Run(testCase), hasOwnRules: true));
            Assert.Null(FoldedComparison.Difference(testCase, result, _reference.Run(testCase)));
        },
        iter: Cases);

    [Fact]
    public void Run_FinalResults_AreEachThereOnce() => CaseGenerator.Tumbling(Extremes).Sample(
        testCase =>
        {
            var settings = (TimeWindowAggregation)testCase.Specification;
            var results = _reference.Run(testCase with { Specification = settings with { Results = ResultMode.Final } });

            Assert.Equal(results.Updates.Count(), results.Updates.Select(update => (update.Key, update.Start)).Distinct().Count());
            Assert.Empty(results.Updates.Except(results.State!));
        },
        iter: Cases);

    [Fact]
    public void Shrink_FailingCase_LeavesWhatMakesItFail()
    {
        var testCase = CaseText.Parse(
            """
            case stream-aggregation aggregate=Count
            record Left a 1 1
            record Left b 2 2
            record Left a 3 3
            record Left c 4 4
            """);

        var smallest = CaseShrinker.Shrink(testCase, smaller => _reference.Run(smaller).State!.Any(row => row is { Key: "a", Value: "2" }));

        Assert.Equal(["a", "a"], smallest.Records.Select(record => record.Key));
    }
}
