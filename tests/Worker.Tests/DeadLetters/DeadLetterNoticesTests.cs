using KafkaFunctions.Worker.DeadLetters;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.Worker.Tests.DeadLetters;

public sealed class DeadLetterNoticesTests
{
    private readonly FakeLogger<DeadLetterNotices> _logger = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Add_Often_SaysTheFirstAtOnceThenOneLinePerInterval()
    {
        using var notices = new DeadLetterNotices(_time, _logger);

        notices.Add("F", "t.dlq", 1, "first");
        notices.Add("F", "t.dlq", 2, "second");
        notices.Add("F", "t.dlq", 3, "third");
        Assert.Equal(["F sent 1 records that it cannot process to t.dlq; the first: first"], Lines());
        _time.Advance(DeadLetterNotices.Interval);

        Assert.Equal("F sent 5 records that it cannot process to t.dlq; the first: second", Lines()[^1]);
        notices.Add("F", "t.dlq", 4, "fourth");
        Assert.Equal(2, Lines().Length);
    }

    [Fact]
    public void Add_AfterAQuietInterval_SaysItAtOnce()
    {
        using var notices = new DeadLetterNotices(_time, _logger);

        notices.Add("F", "t.dlq", 1, "first");
        _time.Advance(DeadLetterNotices.Interval);
        notices.Add("F", "t.dlq", 1, "second");

        Assert.Equal(2, Lines().Length);
    }

    [Fact]
    public void Add_TwoFunctions_EachHasItsOwnInterval()
    {
        using var notices = new DeadLetterNotices(_time, _logger);

        notices.Add("F", "t.dlq", 1, "r");
        notices.Add("G", "t.dlq", 1, "r");

        Assert.Equal(2, Lines().Length);
    }

    [Fact]
    public void Dispose_SomethingUnsaid_SaysIt()
    {
        var notices = new DeadLetterNotices(_time, _logger);
        notices.Add("F", "t.dlq", 1, "first");
        notices.Add("F", "t.dlq", 6, "second");

        notices.Dispose();

        Assert.Equal("F sent 6 records that it cannot process to t.dlq; the first: second", Lines()[^1]);
    }

    private string[] Lines() => [.. _logger.Collector.GetSnapshot().Select(line => line.Message)];
}
