using KafkaFunctions.App.Advertising;
using KafkaFunctions.Testing;

namespace KafkaFunctions.Sample.Tests;

/// <summary>Two functions that join two topics.</summary>
public sealed class ClickImpressionsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PipelineTest _test = PipelineTest.Create(builder => builder.Add<ClickImpressions>().Add<ClickImpressionClicks>());
    private readonly TestInput<string, Impression> _impressions;
    private readonly TestInput<string, Click> _clicks;
    private readonly TestOutput<string, ImpressionOutcome?> _outcomes;

    public ClickImpressionsTests()
    {
        _impressions = _test.Input("ad-impressions", ImpressionJoin.Key, ImpressionJoin.Impressions);
        _clicks = _test.Input("ad-clicks", ImpressionJoin.Key, ImpressionJoin.Clicks);
        _outcomes = _test.Output("ad-impression-outcomes", ImpressionJoin.Key, ImpressionJoin.Outcomes);
    }

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Theory]
    [InlineData(0, true)]
    [InlineData(600_000, true)]
    [InlineData(600_001, false)]
    [InlineData(-1, false)]
    public async Task Click_WithinTenMinutesOfTheImpression_IsItsClick(int milliseconds, bool isJoined)
    {
        await _impressions.PipeAsync("i-1", new Impression("spring", "/", "ada"), timestamp: Noon);
        await _clicks.PipeAsync("i-1", new Click("/offer"), timestamp: Noon.AddMilliseconds(milliseconds));

        Assert.Equal(isJoined ? [new ImpressionOutcome("spring", "/", "ada", true, "/offer")] : [], _outcomes.ReadAll().Select(record => record.Value!));
    }

    [Fact]
    public async Task Click_ThatComesFirst_IsJoined()
    {
        await _clicks.PipeAsync("i-1", new Click("/offer"), timestamp: Noon.AddSeconds(3));
        await _impressions.PipeAsync("i-1", new Impression("spring", "/", null), timestamp: Noon);

        var outcome = _outcomes.Read();
        Assert.True(outcome.Value!.Clicked);
        Assert.Equal(Noon.AddSeconds(3), outcome.Time);
    }

    [Fact]
    public async Task Impression_NobodyClicks_ComesOnceWhenItsTimeIsOver()
    {
        await _impressions.PipeAsync("i-1", new Impression("spring", "/", null), timestamp: Noon);
        await _impressions.PipeAsync("i-2", new Impression("spring", "/", null), timestamp: Noon.AddMinutes(11));
        Assert.True(_outcomes.IsEmpty);

        await _impressions.PipeAsync("i-3", new Impression("spring", "/", null), timestamp: Noon.AddMinutes(11).AddMilliseconds(1));
        await _clicks.PipeAsync("i-1", new Click("/offer"), timestamp: Noon.AddMinutes(1));

        var outcome = Assert.Single(_outcomes.ReadAll());
        Assert.Equal("i-1", outcome.Key);
        Assert.Equal((false, Noon), (outcome.Value!.Clicked, outcome.Time));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Faults_AtAnyStep_ChangeNothing(int fault, int step)
    {
        _ = _test.Inject(Fault.All[fault], Step.All[step]);
        await _impressions.PipeAsync("i-1", new Impression("spring", "/", null), timestamp: Noon);
        await _clicks.PipeAsync("i-1", new Click("/offer"), timestamp: Noon.AddMinutes(1));
        await _impressions.PipeAsync("i-2", new Impression("spring", "/", null), timestamp: Noon);
        await _impressions.PipeAsync("i-3", new Impression("spring", "/", null), timestamp: Noon.AddMinutes(20));
        await _test.AdvanceWallTimeAsync(TimeSpan.FromMinutes(1));
        await _impressions.PipeAsync("i-4", new Impression("spring", "/", null), timestamp: Noon.AddMinutes(20));

        Assert.Equal([("i-1", true), ("i-2", false)], _outcomes.Deduplicated().ReadAll().Select(record => (record.Key, record.Value!.Clicked)).Order());
    }

    public static TheoryData<int, int> Faults()
    {
        var faults = new TheoryData<int, int>();
        for (var fault = 0; fault < Fault.All.Count; fault++)
        {
            for (var step = 0; step < Step.All.Count; step++)
            {
                if (Fault.All[fault].CanStrike(Step.All[step]))
                {
                    faults.Add(fault, step);
                }
            }
        }

        return faults;
    }
}
