using System.Text;
using KafkaFunctions.App.Demo;
using KafkaFunctions.Streams.Brokers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.App.Tests.Demo;

public sealed class DemoFeedTests : IAsyncDisposable
{
    private readonly MemoryPublisher _publisher = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeLogger<DemoFeed> _logger = new();
    private DemoFeed? _feed;

    [Fact]
    public async Task ExecuteAsync_Rate_PublishesThatManyLinesPerSecond()
    {
        await StartAsync(rate: 50);

        await AdvanceUntilAsync(() => _publisher[Topics.WebLogs].Count >= 100);

        var elapsed = (_time.GetUtcNow() - _time.Start).TotalSeconds;
        Assert.InRange(_publisher[Topics.WebLogs].Count, 100, Math.Ceiling(50 * elapsed));
        Assert.InRange(_publisher[Topics.Input].Count, 24, 30);
    }

    [Fact]
    public async Task ExecuteAsync_FeedsEveryFunction()
    {
        await StartAsync(rate: 50);

        await AdvanceUntilAsync(() => _publisher[Topics.WebLogs].Count >= 250);

        Assert.All(
            [Topics.Input, Topics.Customers, Topics.Orders, Topics.Readings, Topics.Impressions, Topics.Clicks],
            topic => Assert.NotEmpty(_publisher[topic]));
        var impressions = _publisher[Topics.Impressions].Select(impression => Encoding.UTF8.GetString(impression.Key!)).ToHashSet();
        Assert.All(_publisher[Topics.Clicks], click => Assert.Contains(Encoding.UTF8.GetString(click.Key!), impressions));
        Assert.Single(_publisher[Topics.WebLogs], line => Encoding.UTF8.GetString(line.Value!).Contains(":11:5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ExecuteAsync_RateZero_PublishesWithoutWaiting()
    {
        await StartAsync(rate: 0);

        await WaitForAsync(() => _publisher[Topics.WebLogs].Count >= 5000);
    }

    [Fact]
    public async Task ExecuteAsync_PublishFails_TriesTheSameLinesAgainAndLogsOnce()
    {
        for (var i = 0; i < 3; i++)
        {
            _publisher.Failures.Enqueue(new PublishException(Topics.WebLogs, "The broker is gone."));
        }

        await StartAsync(rate: 50);
        await AdvanceUntilAsync(() => _publisher[Topics.WebLogs].Count > 0);

        Assert.All(_publisher.Attempts.Take(4), attempt => Assert.Same(_publisher[Topics.WebLogs][0], attempt[0]));
        Assert.Equal(
            [LogLevel.Warning, LogLevel.Information],
            _logger.Collector.GetSnapshot().Select(entry => entry.Level));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("false", 0)]
    [InlineData("true", 1)]
    public void AddDemo_Setting_DecidesWhetherThereIsAFeed(string? enabled, int feeds)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Demo:Enabled", enabled)]).Build();

        var services = new ServiceCollection().AddDemo(configuration);

        Assert.Equal(feeds, services.Count(service => service.ServiceType == typeof(IHostedService)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_feed is not null)
        {
            await _feed.StopAsync(CancellationToken.None);
            _feed.Dispose();
        }

        await _publisher.DisposeAsync();
    }

    private Task StartAsync(double rate)
    {
        _feed = new DemoFeed(_publisher, Options.Create(new DemoOptions { Enabled = true, Rate = rate }), _time, _logger);
        return _feed.StartAsync(TestContext.Current.CancellationToken);
    }

    private Task AdvanceUntilAsync(Func<bool> condition) => WaitForAsync(() =>
    {
        _time.Advance(DemoFeed.Tick);
        return condition();
    });

    private static async Task WaitForAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }
}
