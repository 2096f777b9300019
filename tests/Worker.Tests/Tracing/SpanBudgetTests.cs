using KafkaFunctions.Worker.Telemetry;
using KafkaFunctions.Worker.Tracing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.Worker.Tests.Tracing;

public sealed class SpanBudgetTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Take_WithinASecond_GivesSoMany()
    {
        var budget = Budget(100);

        Assert.Equal([60, 40, 0], new[] { 60, 60, 60 }.Select(budget.Take));
    }

    [Fact]
    public void Take_AfterAWhile_GivesWhatHasComeAnewAndNoMoreThanASecondsWorth()
    {
        var budget = Budget(100);
        budget.Take(100);

        _time.Advance(TimeSpan.FromSeconds(0.25));
        var soon = budget.Take(1000);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal((25, 100), (soon, budget.Take(1000)));
    }

    [Fact]
    public void Take_OfNone_GivesNone()
    {
        var budget = Budget(0);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, budget.Take(1));
    }

    private SpanBudget Budget(int perSecond) => new(Options.Create(new TelemetryOptions { RecordSpansPerSecond = perSecond }), _time);
}
