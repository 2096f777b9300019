using CsCheck;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Testing.Tests.Faults;

public sealed class FaultTests
{
    // More than any scenario reaches a step.
    private const int MostTimes = 60;

    public static TheoryData<string, bool> Scenarios
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var scenario in Scenario.All)
            {
                data.Add(scenario.ToString(), true);
                data.Add(scenario.ToString(), false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Inject_EveryFaultAtEveryStep_ChangesNoResult(string name, bool foldBatch)
    {
        var scenario = Scenario.Of(name);
        var undisturbed = await RunAsync(scenario, foldBatch, _ => { });
        var strikes = 0;

        foreach (var (fault, step) in from fault in Fault.All from step in Step.All where fault.CanStrike(step) select (fault, step))
        {
            for (var skip = 0; ; skip++)
            {
                InjectedFault injected = null!;
                var outcome = await RunAsync(scenario, foldBatch, test => injected = test.Inject(fault, step, skip: skip));
                if (!injected.IsOver)
                {
                    break;
                }

                strikes++;
                Assert.True(skip < MostTimes);
                AssertSame(undisturbed, outcome, foldBatch, $"{fault} at {step}, time {skip + 1}");
            }
        }

        Assert.True(strikes > 40, $"Only {strikes} faults have struck.");
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Inject_SeveralFaultsAndRandomCuts_ChangeNoResult(string name, bool foldBatch)
    {
        var scenario = Scenario.Of(name);
        var undisturbed = await RunAsync(scenario, foldBatch, _ => { }, builder => builder.Partitions = 3);
        var possible = (from fault in Fault.All from step in Step.All where fault.CanStrike(step) select (fault, step)).ToArray();
        var plan = Gen.Select(Gen.Int[0, possible.Length - 1], Gen.Int[0, 12]).Array[1, 6];

        await Gen.Select(plan, Gen.Int[0, 1_000_000]).SampleAsync(
            async (faults, seed) =>
            {
                var outcome = await RunAsync(
                    scenario,
                    foldBatch,
                    test => Array.ForEach(faults, fault => test.Inject(possible[fault.Item1].fault, possible[fault.Item1].step, skip: fault.Item2)),
                    builder =>
                    {
                        builder.Partitions = 3;
                        builder.Seed = seed;
                    });
                AssertSame(undisturbed with { Outputs = outcome.Outputs }, outcome, foldBatch, "random faults");
            },
            iter: 40,
            threads: 1);
    }

    [Fact]
    public async Task Inject_CrashUnderCodeThatCountsInMemory_IsSeen()
    {
        var counts = new Dictionary<string, long>();
        var processor = KStream.From(Serdes.Utf8, Serdes.Int64)
            .MapRecord(record => record.WithValue(counts[record.Key!] = counts.GetValueOrDefault(record.Key!) + 1))
            .To(Serdes.Utf8, Serdes.Int64);
        await using var test = PipelineTest.Create(builder => builder.Add("Naive", processor, "in", "out"));
        test.Inject(Fault.Crash, Step.BeforePublish);

        await test.Input("in", Serdes.Utf8, Serdes.Int64).PipeAsync("a", 1);

        Assert.Equal(("a", 2), test.Output("out", Serdes.Utf8, Serdes.Int64).Deduplicated().ReadKeyValue());
    }

    [Fact]
    public void Inject_WhereItCannotHappen_SaysWhereItCan()
    {
        var test = Scenario.Of("stateless").Create(foldBatch: true);

        var error = Assert.Throws<ArgumentException>(() => test.Inject(Fault.Conflict, Step.BeforePublish));

        Assert.Contains("BeforeStateWrite, AfterStateWrite, BeforeProgress, AfterProgress", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inject_AtAStepOfOneFunction_LeavesTheOthersAlone()
    {
        await using var test = Scenario.Of("pipeline").Create(foldBatch: true);
        var other = test.Inject(Fault.Crash, Step.BeforeStateWrite.Of("Double"));
        var own = test.Inject(Fault.Crash, Step.BeforeStateWrite.Of("Regroup"), times: 3);

        await Scenario.Of("pipeline").RunAsync(test);

        Assert.Equal(0, other.Struck);
        Assert.Equal(3, own.Struck);
    }

    [Fact]
    public async Task Inject_SlowAndUnavailable_MoveWallTime()
    {
        await using var test = Scenario.Of("aggregate").Create(foldBatch: true);
        var start = test.WallTime;
        test.Inject(Fault.Slow(TimeSpan.FromMinutes(2)), Step.BeforeStateRead);
        test.Inject(Fault.Unavailable, Step.BeforeStateWrite);

        await Scenario.Of("aggregate").RunAsync(test);

        Assert.Equal(start + TimeSpan.FromMinutes(2) + TimeSpan.FromMilliseconds(100), test.WallTime);
    }

    [Fact]
    public async Task Inject_CrashAfterAPartOfThePublish_LeavesCopiesThatAreKnown()
    {
        await using var test = Scenario.Of("stateless").Create(foldBatch: true);
        test.Inject(Fault.Crash, Step.AfterPublishOf(3));

        await Scenario.Of("stateless").RunAsync(test);

        var output = test.Output("out", Serdes.Utf8, Serdes.Int64);
        Assert.Equal(18 + 3, output.Unread);
        Assert.Equal(18, output.Deduplicated().Unread);
    }

    private static async Task<Outcome> RunAsync(
        Scenario scenario, bool foldBatch, Action<PipelineTest> disturb, Action<PipelineTestBuilder>? configure = null)
    {
        await using var test = scenario.Create(foldBatch, configure);
        disturb(test);
        return await scenario.RunAsync(test);
    }

    /// <summary>Folded batches publish one update a key: which ones depends on how batches are cut.</summary>
    private static void AssertSame(Outcome undisturbed, Outcome outcome, bool foldBatch, string what)
    {
        if (!foldBatch)
        {
            Assert.True(undisturbed.Outputs == outcome.Outputs, $"{what}: outputs were\n{undisturbed.Outputs}\nand are\n{outcome.Outputs}");
        }

        Assert.True(undisturbed.Last == outcome.Last, $"{what}: last values were\n{undisturbed.Last}\nand are\n{outcome.Last}");
        Assert.True(undisturbed.Stores == outcome.Stores, $"{what}: stores were\n{undisturbed.Stores}\nand are\n{outcome.Stores}");
    }
}
