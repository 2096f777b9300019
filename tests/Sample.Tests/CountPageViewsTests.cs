using KafkaFunctions.App;
using KafkaFunctions.App.WebAnalytics;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Testing;

namespace KafkaFunctions.Sample.Tests;

/// <summary>One function by itself: what it makes of its topic's records, what it keeps, and what it does when things go wrong.</summary>
public sealed class CountPageViewsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PipelineTest _test = PipelineTest.Create(builder => builder.Add<CountPageViews>());
    private readonly TestInput<byte[]?, PageView?> _views;
    private readonly TestOutput<string?, PageViewTotal?> _totals;

    public CountPageViewsTests()
    {
        _views = _test.Input("page-views-clean", Serdes.Bytes, Serdes.Json(AppJson.Wire.PageView));
        _totals = _test.Output("page-view-totals", Serdes.Utf8, Serdes.Json(AppJson.Wire.PageViewTotal));
    }

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task Views_OfOnePage_AreCounted()
    {
        await _views.PipeAsync(null, View("/"));
        await _views.PipeAsync(null, View("/"));
        await _views.PipeAsync(null, View("/about"));

        Assert.Equal(
            [("/", new PageViewTotal("/", 1)), ("/", new PageViewTotal("/", 2)), ("/about", new PageViewTotal("/about", 1))],
            _totals.ReadKeyValues());
        Assert.Equal(2, _test.Store("page-view-totals", Serdes.Utf8, Serdes.Int64)["/"]);
    }

    [Fact]
    public async Task Views_InOneBatch_LeaveOneTotalAPage()
    {
        await _views.PipeAsync([(null, View("/")), (null, View("/")), (null, View("/"))]);

        Assert.Equal(new PageViewTotal("/", 3), _totals.ReadValue());
        Assert.True(_totals.IsEmpty);
    }

    [Fact]
    public async Task Total_HasTheTimeOfItsLastView()
    {
        await _views.PipeAsync(null, View("/"), timestamp: Noon);

        Assert.Equal(Noon, _totals.Read().Time);
    }

    [Fact]
    public async Task Tombstone_CannotBeCounted()
    {
        await _views.PipeAsync([(null, null), (null, View("/"))]);

        Assert.Equal("CountPageViews", Assert.Single(_test.DeadLetters("page-views-clean")).Function);
        Assert.Equal(1, _totals.ReadValue()?.Views);
    }

    public static TheoryData<string> Steps => [.. Step.All.Select(step => step.ToString())];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task CrashOrRebalance_Anywhere_CountsEachViewOnce(string step)
    {
        var at = Step.All.Single(other => other.ToString() == step);
        _test.Inject(Fault.Crash, at);
        _test.Inject(Fault.Rebalance, at, skip: 1);

        await _views.PipeAsync([(null, View("/")), (null, View("/about")), (null, View("/"))]);
        await _views.PipeAsync([(null, View("/about"))]);

        Assert.Equal(2, _totals.Deduplicated().ReadLastByKey()["/"]?.Views);
        Assert.Equal(2, _totals.Deduplicated().ReadLastByKey()["/about"]?.Views);
    }

    private static PageView View(string path) => new() { Host = "192.0.2.1", Time = Noon, Path = path, Status = 200, Bytes = 1, IsBot = false };
}
