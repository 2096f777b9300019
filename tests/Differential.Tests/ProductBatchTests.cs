using CsCheck;
using KafkaFunctions.Differential.Tests.Product;
using KafkaFunctions.Reference;
using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Comparison;
using KafkaFunctions.Reference.Generation;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Differential.Tests;

/// <summary>The product against the reference, with random batches that are lost and run again: the last update of each window, each
/// final result, and what is late, are the same.</summary>
public sealed class ProductBatchTests
{
    private static readonly GenerationOptions Options = new();

    private readonly ReferenceRunner _reference = new(ReferenceRules.Ours);

    public static TheoryData<bool, bool> HeldCases => new() { { true, true }, { true, false }, { false, true }, { false, false } };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_StreamAggregation_IsTheSame(bool folds) => Compare(CaseGenerator.StreamAggregation(Options), folds);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_TableAggregation_IsTheSame(bool folds) => Compare(CaseGenerator.TableAggregation(Options), folds);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_TumblingWindows_AreTheSame(bool folds) => Compare(CaseGenerator.Tumbling(Options), folds);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_HoppingWindows_AreTheSame(bool folds) => Compare(CaseGenerator.Hopping(Options), folds);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_SlidingWindows_AreTheSame(bool folds) => Compare(CaseGenerator.Sliding(Options), folds);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_Sessions_AreTheSame(bool folds) => Compare(CaseGenerator.Sessions(Options), folds);

    [Theory]
    [MemberData(nameof(HeldCases))]
    public void Run_TumblingWindowsThatAreHeld_AreTheSame(bool folds, bool hasMaxRows) => Compare(CaseGenerator.Held(CaseGenerator.Tumbling(Options), hasMaxRows), folds);

    [Theory]
    [MemberData(nameof(HeldCases))]
    public void Run_HoppingWindowsThatAreHeld_AreTheSame(bool folds, bool hasMaxRows) => Compare(CaseGenerator.Held(CaseGenerator.Hopping(Options), hasMaxRows), folds);

    [Theory]
    [MemberData(nameof(HeldCases))]
    public void Run_SlidingWindowsThatAreHeld_AreTheSame(bool folds, bool hasMaxRows) => Compare(CaseGenerator.Held(CaseGenerator.Sliding(Options), hasMaxRows), folds);

    [Theory]
    [MemberData(nameof(HeldCases))]
    public void Run_SessionsThatAreHeld_AreTheSame(bool folds, bool hasMaxRows) => Compare(CaseGenerator.Held(CaseGenerator.Sessions(Options), hasMaxRows), folds);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_TableJoin_IsTheSame(bool folds) => Compare(CaseGenerator.TableJoin(Options), folds);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_ForeignKeyJoin_IsTheSame(bool folds) => Compare(CaseGenerator.ForeignKeyJoin(Options), folds);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_StreamTableJoin_IsTheSame(bool folds) => Compare(CaseGenerator.StreamTableJoin(Options), folds);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_VersionedStreamTableJoin_IsTheSame(bool folds) => Compare(CaseGenerator.VersionedStreamTableJoin(Options), folds);

    private void Compare(Gen<Case> cases, bool folds)
    {
        var random = new PCG(1, Sampling.Seed);
        for (var i = 0; i < Sampling.Count; i++)
        {
            var testCase = cases.Generate(random, null, out _);
            if (Difference(testCase, folds, i) is not null)
            {
                var smallest = CaseShrinker.Shrink(testCase, smaller => Difference(smaller, folds, i) is not null);
                Assert.Fail(FormattableString.Invariant($"case {i} of seed {Sampling.Seed}: {Difference(smallest, folds, i)}\n{smallest}"));
            }
        }
    }

    private string? Difference(Case testCase, bool folds, int seed)
    {
        var product = new ProductRunner(folds, seed);
        var expected = _reference.Run(testCase);
        var actual = product.Run(testCase);
        // What folding leaves out shows in an aggregate that depends on all that went before.
        var dependsOnEveryUpdate = folds && testCase.Specification is TableAggregation { Aggregate: AggregateKind.Mix };
        if (dependsOnEveryUpdate || expected.OwnRules.Any(use => use.Rule is OwnRule.SlidingRecordLateForItsOwnWindow))
        {
            return null;
        }

        if (testCase.Specification is WindowAggregation { Results: ResultMode.Limited, MaxRows: < WindowAggregation.AnyNumber })
        {
            // How batches are cut says what is emitted early.
            return Compared("last results", LastHeld(expected), LastHeld(actual)) ?? LateDifference(testCase, expected, product);
        }

        return ResultsOf(testCase.Specification) == ResultMode.Updates
            ? Compared("last updates", LastOf(testCase, expected, actual, folds), LastOf(testCase, actual, actual, folds)) ?? LateDifference(testCase, expected, product)
            : Compared("final results", UpdateOrder.ByWindow(expected.Updates), UpdateOrder.ByWindow(actual.Updates)) ?? LateDifference(testCase, expected, product);
    }

    /// <summary>A session, a group, or a right value, that comes and goes within a batch leaves no trace.</summary>
    private static IReadOnlyList<Update> LastOf(Case testCase, CaseResult result, CaseResult actual, bool folds) =>
    [
        .. from update in result.Last
           where update.Value is not null && (testCase.Specification is not TableAggregation || actual.Updates.Any(other => other.Key == update.Key))
           select testCase.Specification is TableAggregation || (folds && testCase.Specification is ForeignKeyJoin) ? update with { Timestamp = 0 } : update,
    ];

    /// <summary>A session that is emitted early, and then taken back, may never be heard of.</summary>
    private static IReadOnlyList<Update> LastHeld(CaseResult result) =>
        [.. result.Last.Where(update => update.Value is not null && update.Key != CaseGenerator.FlushKey)];

    private static ResultMode ResultsOf(Specification specification) =>
        specification is WindowAggregation windows ? windows.Results : ResultMode.Updates;

    private static string? LateDifference(Case testCase, CaseResult expected, ProductRunner product)
    {
        if (testCase.Specification is SessionWindowAggregation)
        {
            // By how much depends on sessions that are long forgotten.
            var (late, told) = (expected.Late!.Select(late => late.Input).Distinct().Order(), product.Late.Keys.Order());
            return late.SequenceEqual(told) ? null : $"late: expected {string.Join(", ", late)}, but it was {string.Join(", ", told)}";
        }

        var wanted = expected.Late!.GroupBy(late => late.Input).Select(group => (Input: group.Key, By: group.Max(late => late.By))).OrderBy(late => late.Input).ToList();
        var got = product.Late.Select(late => (Input: late.Key, By: late.Value)).OrderBy(late => late.Input).ToList();
        return wanted.SequenceEqual(got) ? null : $"late: expected {string.Join(", ", wanted)}, but it was {string.Join(", ", got)}";
    }

    private static string? Compared(string what, IReadOnlyList<Update> expected, IReadOnlyList<Update> actual) =>
        expected.SequenceEqual(actual) ? null : $"{what}: expected {string.Join(", ", expected)}, but it was {string.Join(", ", actual)}";
}
