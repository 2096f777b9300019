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

    private void Compare(Gen<Case> cases) => Compare(cases, Sampling.Count);

    private void Compare(Gen<Case> cases, int count)
    {
        if (_sampling.FindDifference(cases, count, Sampling.Seed) is { } difference)
        {
            Assert.Fail(difference);
        }
    }
}
