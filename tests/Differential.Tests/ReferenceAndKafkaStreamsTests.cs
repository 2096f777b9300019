using CsCheck;
using KafkaFunctions.Differential.Tests.Driver;
using KafkaFunctions.Reference;
using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Comparison;
using KafkaFunctions.Reference.Generation;

[assembly: AssemblyFixture(typeof(KafkaStreamsRunner))]

namespace KafkaFunctions.Differential.Tests;

/// <summary>The reference against Kafka Streams. A failure prints the case, which <see cref="CaseText"/> reads again.</summary>
public sealed class ReferenceAndKafkaStreamsTests(KafkaStreamsRunner kafkaStreams)
{
    private static readonly GenerationOptions Options = new();

    private readonly CaseSampling _sampling = CaseSampling.OfUpdates(new ReferenceRunner(ReferenceRules.KafkaStreams), kafkaStreams, hasOwnRules: false);

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

    // What its own rule leaves open of a key would decide what is emitted early of others. At the beginning of time Kafka Streams takes a
    // record's windows in another order.
    [Fact]
    public void Run_SlidingWindowsThatAreHeld_AreTheSame() =>
        Compare(CaseGenerator.Held(CaseGenerator.Sliding(Options), hasMaxRows: false).Select(AfterTheBeginning));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_SessionsThatAreHeld_AreTheSame(bool hasMaxRows) => Compare(CaseGenerator.Held(CaseGenerator.Sessions(Options), hasMaxRows));

    [Fact]
    public void Run_StreamJoin_IsTheSame() => Compare(CaseGenerator.StreamJoin(Options));

    [Fact]
    public void Run_StreamTableJoin_IsTheSame() => Compare(CaseGenerator.StreamTableJoin(Options));

    [Fact]
    public void Run_VersionedStreamTableJoin_IsTheSame() => Compare(CaseGenerator.VersionedStreamTableJoin(Options), Sampling.SlowCount);

    [Fact]
    public void Run_TableJoin_IsTheSame() => Compare(CaseGenerator.TableJoin(Options));

    [Fact]
    public void Run_ForeignKeyJoin_IsTheSame() => Compare(CaseGenerator.ForeignKeyJoin(Options), Sampling.SlowCount);

    private static Case AfterTheBeginning(Case testCase) =>
        testCase with { Records = [.. testCase.Records.Select(record => record with { Timestamp = record.Timestamp + 1_000 })] };

    private void Compare(Gen<Case> cases) => Compare(cases, Sampling.Count);

    private void Compare(Gen<Case> cases, int count)
    {
        if (_sampling.FindDifference(cases, count, Sampling.Seed) is { } difference)
        {
            Assert.Fail(difference);
        }
    }
}
