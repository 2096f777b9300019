using System.Globalization;
using System.Text.Json;
using KafkaFunctions.App.Iot;

namespace KafkaFunctions.App.Tests.Iot;

public sealed class DeviceStatsTests : IAsyncDisposable
{
    private const string Sensor = "pump-3/temperature";

    // 2026-03-01T11:04:00Z: the windows that it is in begin at 11:00 to 11:04.
    private const long ElevenFour = 1_772_363_040_000;

    private readonly StatefulApp _app = new(DeviceStats.Processor);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Run_Readings_AreInFiveWindows()
    {
        await _app.RunAsync(Reading(2, 0), Reading(4, 1), Reading(9, 60_000));

        Assert.Equal(6, _app.Table().Count);
        Assert.Equal(
            """{"device":"pump-3","sensor":"temperature","start":"2026-03-01T11:00:00+00:00","end":"2026-03-01T11:05:00+00:00","count":2,"mean":3,"min":2,"max":4,"standardDeviation":1.4142135623730951}""",
            _app.Table()["""{"key":"pump-3/temperature","start":"2026-03-01T11:00:00.000Z","end":"2026-03-01T11:05:00.000Z"}"""].GetRawText());
        Assert.Equal(
            (3, 5.0, 2.0, 9.0),
            Of("""{"key":"pump-3/temperature","start":"2026-03-01T11:01:00.000Z","end":"2026-03-01T11:06:00.000Z"}"""));
    }

    [Fact]
    public async Task Run_OneReading_HasNoStandardDeviation()
    {
        await _app.RunAsync(Reading(2, 0));

        Assert.All(_app.Table().Values, statistics => Assert.False(statistics.TryGetProperty("standardDeviation", out _)));
    }

    [Fact]
    public async Task Run_ReadingTooFarFromTheOthers_IsPoisonAndTheOthersGoOn()
    {
        await _app.RunAsync(Reading(1, 0), Reading(double.MaxValue, 0), Reading(3, 0));

        Assert.Contains("variance", Assert.Single(_app.DeadLetters).Message, StringComparison.Ordinal);
        Assert.All(_app.Table().Values, statistics => Assert.Equal((2, 2.0), (statistics.GetProperty("count").GetInt32(), statistics.GetProperty("mean").GetDouble())));
    }

    /// <summary>Values of which sums of squares would keep nothing but rounding: noise of some 1/1024 upon a large number. All are exact as
    /// <c>double</c> and as <c>decimal</c>, by which the expectation is computed.</summary>
    [Theory]
    [InlineData(0, 1_000)]
    [InlineData(1_000_000_000, 1_000)]
    [InlineData(-1_000_000_000, 10_000)]
    [InlineData(4_000_000_000_000, 100_000)]
    public void With_SmallNoiseUponALargeMean_IsThatOfExactArithmetic(long large, int count)
    {
        var random = new Random(1);
        int[] noise = [.. Enumerable.Range(0, count).Select(_ => random.Next(1024))];

        var statistics = noise.Aggregate(ReadingStatistics.Empty, (so, i) => so.With(large + (i / 1024.0)));

        var exactMean = noise.Sum(i => i / 1024m) / count;
        var exactSquares = noise.Sum(i => ((i / 1024m) - exactMean) * ((i / 1024m) - exactMean));
        Assert.Equal(count, statistics.Count);
        Assert.Equal((large + (noise.Min() / 1024.0), large + (noise.Max() / 1024.0)), (statistics.Min, statistics.Max));
        Assert.Equal((double)exactMean, statistics.First - large + statistics.Distance, 1e-13);
        Assert.Equal(1, statistics.Squares / (double)exactSquares, 1e-13);
    }

    private (int Count, double Mean, double Min, double Max) Of(string key)
    {
        var statistics = _app.Table()[key];
        return (statistics.GetProperty("count").GetInt32(), statistics.GetProperty("mean").GetDouble(), statistics.GetProperty("min").GetDouble(), statistics.GetProperty("max").GetDouble());
    }

    private static (string?, string?, long) Reading(double value, long after)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(ElevenFour + after);
        return (
            Sensor,
            string.Create(CultureInfo.InvariantCulture, $$"""{"device":"pump-3","sensor":"temperature","value":{{JsonSerializer.Serialize(value)}},"time":"{{time:O}}"}"""),
            ElevenFour + after);
    }
}
