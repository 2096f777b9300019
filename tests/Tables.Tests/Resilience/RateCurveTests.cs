namespace KafkaFunctions.Tables.Tests.Resilience;

public sealed class RateCurveTests
{
    [Fact]
    public void At_Curve_RisesFromBelowToThePeakAndLaterBeyond()
    {
        var curve = RateCurve.First(2_000);

        Assert.Equal(1_800, curve.At(TimeSpan.Zero), 1.0);
        Assert.Equal(2_000, curve.At(curve.Rise), 1.0);
        Assert.InRange(curve.At(curve.Rise * 1.3), 2_000, 2_010);
        Assert.True(curve.At(curve.Rise * 4) > 4_000);
    }

    [Fact]
    public void Next_RefusedAtThePeak_KeepsItAndTriesMoreSeldom()
    {
        var curve = RateCurve.First(2_000);

        for (var i = 0; i < 5; i++)
        {
            curve = curve.Next(curve.Rise, taken: 2_000);
        }

        Assert.Equal(2_000, curve.Peak, 1.0);
        Assert.Equal(TimeSpan.FromSeconds(8), curve.Rise);
    }

    [Fact]
    public void Next_RefusedAtOnce_StepsDownAndIsQuickAgain()
    {
        var curve = RateCurve.First(2_000);

        var next = curve.Next(TimeSpan.Zero, taken: 2_000);

        Assert.Equal((1_080, 1_440), ((int)Math.Round(next.Start), (int)Math.Round(next.Peak)));
        Assert.Equal(TimeSpan.FromSeconds(1), next.Rise);
    }

    [Fact]
    public void Next_RefusedAgainAndAgain_NeverStops()
    {
        var curve = RateCurve.First(0);

        for (var i = 0; i < 100; i++)
        {
            curve = curve.Next(TimeSpan.Zero, taken: 0);
            Assert.True(curve.At(TimeSpan.Zero) >= 45);
        }
    }
}
