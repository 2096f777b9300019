using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.Kafka.Tests.Clients;

public sealed class BrokerWatchTests : IDisposable
{
    private const int NoBrokerAnswers = 3001;
    private const int CredentialsRefused = 3002;
    private const int BrokerIsBack = 3003;

    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger _logger = new();
    private readonly BrokerWatch _watch;
    private string? _trouble = "timed out";
    private int _probes;

    public BrokerWatchTests() => _watch = new BrokerWatch("broker:9092", Probe, _logger, _time);

    public void Dispose() => _watch.Dispose();

    [Fact]
    public void AllBrokersDown_Lasting_WarnsAtOnceAndThenEveryHalfMinute()
    {
        _watch.OnError(ErrorCode.Local_Transport, "connection refused");
        _watch.OnError(ErrorCode.Local_AllBrokersDown, "1/1 brokers are down");
        _watch.OnError(ErrorCode.Local_AllBrokersDown, "1/1 brokers are down");
        Assert.Equal([NoBrokerAnswers], Events());

        Pass(TimeSpan.FromSeconds(29));
        Assert.Single(Events());
        Pass(TimeSpan.FromSeconds(2));
        Assert.Equal([NoBrokerAnswers, NoBrokerAnswers], Events());
        Assert.All(_logger.Collector.GetSnapshot(), line => Assert.Contains("connection refused", line.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void BrokerAnswersAgain_IsSaidOnceAndEndsTheWatch()
    {
        _watch.OnError(ErrorCode.Local_AllBrokersDown, "down");
        Pass(TimeSpan.FromSeconds(10));

        _trouble = null;
        Pass(TimeSpan.FromSeconds(1));
        var probes = _probes;
        Pass(TimeSpan.FromMinutes(5));

        Assert.Equal([NoBrokerAnswers, BrokerIsBack], Events());
        Assert.Equal(probes, _probes);
    }

    [Fact]
    public void AllBrokersDown_WhenOneAnswers_IsNotSaid()
    {
        _trouble = null;

        _watch.OnError(ErrorCode.Local_AllBrokersDown, "idle connections closed");

        Assert.Empty(Events());
    }

    [Fact]
    public void CredentialsAreRefused_IsSaidApartAndTellsWaitingCalls()
    {
        var refusal = _watch.CredentialsRefused;

        _watch.OnError(ErrorCode.Local_Authentication, "invalid password");

        Assert.True(refusal.IsCompletedSuccessfully);
        Assert.Equal([CredentialsRefused], Events());

        _trouble = null;
        Pass(TimeSpan.FromSeconds(1));

        Assert.False(_watch.CredentialsRefused.IsCompleted);
        Assert.Equal([CredentialsRefused, BrokerIsBack], Events());
    }

    private Task<string?> Probe()
    {
        _probes++;
        return Task.FromResult(_trouble);
    }

    private void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private int[] Events() => [.. _logger.Collector.GetSnapshot().Where(line => line.Level >= LogLevel.Information).Select(line => line.Id.Id)];
}
