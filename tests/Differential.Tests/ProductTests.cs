using CsCheck;
using KafkaFunctions.Differential.Tests.Product;
using KafkaFunctions.Reference;
using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Comparison;
using KafkaFunctions.Reference.Generation;

namespace KafkaFunctions.Differential.Tests;

/// <summary>The product against the reference, record by record without folding: every update is the same.</summary>
public sealed class ProductTests
{
    private static readonly GenerationOptions Options = new();

    // Of sliding windows and late records the product knows what Kafka Streams does.
    private readonly CaseSampling _sampling = CaseSampling.OfUpdates(new ReferenceRunner(ReferenceRules.Ours), new ProductRunner(folds: false, seed: null), hasOwnRules: false);

    [Fact]
    public void Run_StreamAggregation_IsTheSame() => Compare(CaseGenerator.StreamAggregation(Options));

    [Fact]
    public void Run_TableAggregation_IsTheSame() => Compare(CaseGenerator.TableAggregation(Options));

    [Fact]
    public void Run_TumblingWindows_AreTheSame() => Compare(CaseGenerator.Tumbling(Options));

    [Fact]
    public void Run_HoppingWindows_AreTheSame() => Compare(CaseGenerator.Hopping(Options));

    [Fact]
    public void Run_SlidingWindows_AreTheSame() => Compare(CaseGenerator.Sliding(Options));

    [Fact]
    public void Run_Sessions_AreTheSame() => Compare(CaseGenerator.Sessions(Options));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_TumblingWindowsThatAreHeld_AreTheSame(bool hasMaxRows) => Compare(CaseGenerator.Held(CaseGenerator.Tumbling(Options), hasMaxRows));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_HoppingWindowsThatAreHeld_AreTheSame(bool hasMaxRows) => Compare(CaseGenerator.Held(CaseGenerator.Hopping(Options), hasMaxRows));

    // What its own rule leaves open of a key would decide what is emitted early of others.
    [Fact]
    public void Run_SlidingWindowsThatAreHeld_AreTheSame() => Compare(CaseGenerator.Held(CaseGenerator.Sliding(Options), hasMaxRows: false));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_SessionsThatAreHeld_AreTheSame(bool hasMaxRows) => Compare(CaseGenerator.Held(CaseGenerator.Sessions(Options), hasMaxRows));

    [Fact]
    public void Run_TableJoin_IsTheSame() => Compare(CaseGenerator.TableJoin(Options));

    [Fact]
    public void Run_ForeignKeyJoin_IsTheSame() => Compare(CaseGenerator.ForeignKeyJoin(Options));

    [Fact]
    public void Run_StreamTableJoin_IsTheSame() => Compare(CaseGenerator.StreamTableJoin(Options));

    [Fact]
    public void Run_VersionedStreamTableJoin_IsTheSame() => Compare(CaseGenerator.VersionedStreamTableJoin(Options));

    private void Compare(Gen<Case> cases)
    {
        if (_sampling.FindDifference(cases, Sampling.Count, Sampling.Seed) is { } difference)
        {
            Assert.Fail(difference);
        }
    }
}
