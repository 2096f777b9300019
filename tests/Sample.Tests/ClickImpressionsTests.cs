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

    /// <summary>Hours of impressions are read before the first of their clicks.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Clicks_LagByFarMoreThanTheirWindow_AllFindTheirImpressions(int? seed)
    {
        const int Impressions = 200;
        await using var test = PipelineTest.Create(builder =>
        {
            (builder.MaxBatchSize, builder.Seed) = (10, seed);
            builder.Add<ClickImpressions>().Add<ClickImpressionClicks>();
        });
        test.Inject(Fault.Slow(TimeSpan.FromSeconds(2)), Step.BeforeFunction, times: 10_000);
        var impressions = test.Input("ad-impressions", ImpressionJoin.Key, ImpressionJoin.Impressions);
        var clicks = test.Input("ad-clicks", ImpressionJoin.Key, ImpressionJoin.Clicks);
        for (var i = 0; i < Impressions; i++)
        {
            impressions.Add(IdOf(i), new Impression("spring", "/", null), timestamp: Noon.AddMinutes(i));
            clicks.Add("none", new Click("/"), timestamp: Noon.AddDays(-1), partition: 0);
            clicks.Add("none", new Click("/"), timestamp: Noon.AddDays(-1), partition: 0);
        }

        var clicked = Enumerable.Range(0, Impressions).Where(i => i % 3 > 0).ToList();
        foreach (var (id, target, minute) in clicked.SelectMany(i => new[] { (IdOf(i), "/first", i + 1), (IdOf(i), "/second", i + 10) }).OrderBy(click => click.Item3))
        {
            clicks.Add(id, new Click(target), timestamp: Noon.AddMinutes(minute), partition: 0);
        }

        await test.RunAsync();
        await impressions.PipeAsync("last", new Impression("spring", "/", null), timestamp: Noon.AddDays(1));

        var outcomes = test.Output("ad-impression-outcomes", ImpressionJoin.Key, ImpressionJoin.Outcomes).ReadAll();
        Assert.Equal(
            Enumerable.Range(0, Impressions).SelectMany(i => i % 3 == 0 ? new[] { $"{IdOf(i)} -" } : [$"{IdOf(i)} /first", $"{IdOf(i)} /second"]).Order(StringComparer.Ordinal),
            outcomes.Select(outcome => $"{outcome.Key} {outcome.Value!.Target ?? "-"}").Order(StringComparer.Ordinal));

        static string IdOf(int number) => FormattableString.Invariant($"i-{number}");
    }
}
